import { expect, test } from 'vitest';

import type { DeskEvent } from '../../../../core/contract/desk/calls.ts';
import { eventSeenBy } from '../../../../electron/desk/events/event-seen-by.ts';
import { aPerson } from '../../builders.ts';
import { aProblem } from '../../stand-in-server.ts';

const name = 'Anna Müllerstein';
const window = { startsAt: '2026-11-23T08:00:00Z', endsAt: '2026-11-23T08:30:00Z' };
const id = '0198b000-0000-7000-8000-0000000000d1';
const busy = {
  reason: 'patient-busy',
  ...window,
  appointmentId: id,
  serviceName: 'Check-up',
  patientName: name,
} as const;
const decided: DeskEvent = {
  type: 'decided',
  commandId: id,
  commandType: 'book',
  decision: { kind: 'refused', problem: aProblem('conflict', { blockers: [busy], alternatives: [] }) },
};

test('a refusal names patients to a person who may read them, and to nobody else', () => {
  expect(eventSeenBy(decided, aPerson())).toBe(decided);
  for (const person of [null, aPerson({ permissions: ['read-calendar'] })]) {
    const seen = eventSeenBy(decided, person);
    expect(JSON.stringify(seen)).not.toContain(name);
    expect(seen).toMatchObject({
      commandId: id,
      decision: { problem: { data: { blockers: [{ patientName: null }] } } },
    });
  }
});

test('an event without a refusal is told to everybody', () => {
  const changed: DeskEvent = { type: 'everything-changed' };
  expect(eventSeenBy(changed, null)).toBe(changed);
});
