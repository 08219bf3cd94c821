import { describe, expect, test } from 'vitest';

import type { TypedCommand } from '../../../core/commands/list.ts';
import type { OutboxEntry } from '../../../core/contract/desk/outbox-entry.ts';
import type { WaitlistEntry } from '../../../core/contract/waitlist.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { draftForEntry } from '../../../renderer/waitlist/draft-for-entry.ts';
import { shownEntries } from '../../../renderer/waitlist/shown-entries.ts';
import { appointment, at, dayView, idOf, patient, run, site } from '../builders.ts';

const service = {
  serviceId: idOf('v'),
  name: 'Check-up',
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  needsRoom: false,
  roomFeature: null,
  equipmentType: null,
  patientMayOverlap: false,
  providerIds: [idOf('p', 1), idOf('p', 2)],
};
const view = dayView({ services: [service] });

function entry(n: number, overrides: Partial<WaitlistEntry> = {}): WaitlistEntry {
  return {
    waitlistEntryId: idOf('w', n),
    siteId: site.siteId,
    patientId: idOf('c', n),
    patient: patient(n),
    serviceId: service.serviceId,
    serviceName: service.name,
    providerIds: [idOf('p', 1)],
    windows: [{ startsAt: instantOf(at('08:00')), endsAt: instantOf(at('17:00')) }],
    urgency: 'routine',
    note: '',
    createdAt: `2026-11-2${n}T08:00:00Z`,
    ...overrides,
  };
}

function undecided(typed: TypedCommand, state: OutboxEntry['state'] = 'saved'): OutboxEntry {
  return { typed, state, expected: null, patient: patient(3), problem: null, followsCommandId: null };
}

const envelope = {
  commandId: idOf('k'),
  actorId: idOf('u'),
  deskId: 'desk',
  madeAt: '2026-11-23T07:00:00Z',
  protocol: 2,
} as const;

function joining(n: number): TypedCommand {
  const { patient: _, serviceName: __, createdAt: ___, ...body } = entry(n);
  return { type: 'join-waitlist', command: { ...envelope, body } };
}

describe('the waitlist on the screen', () => {
  test('list the urgent ones first, then those that have waited longest', () => {
    const known = [entry(2), entry(1), entry(3, { urgency: 'urgent' })];
    expect(shownEntries(known, [], view).map(({ waitlistEntryId }) => waitlistEntryId)).toEqual([
      idOf('w', 3),
      idOf('w', 1),
      idOf('w', 2),
    ]);
  });

  test('include an entry that only this desk knows yet, marked and once', () => {
    const [kept] = shownEntries([], [undecided(joining(3))], view);
    expect(kept).toMatchObject({ isProvisional: true, patient: patient(3), serviceName: 'Check-up' });
    expect(shownEntries([entry(3)], [undecided(joining(3))], view)).toHaveLength(1);
    expect(shownEntries([], [undecided(joining(3), 'refused')], view)).toEqual([]);
  });

  test('lack an entry that was taken off at this desk', () => {
    const leave: TypedCommand = {
      type: 'leave-waitlist',
      command: { ...envelope, body: { waitlistEntryId: idOf('w', 1) } },
    };
    expect(shownEntries([entry(1)], [undecided(leave)], view)).toEqual([]);
  });
});

describe('booking an entry', () => {
  test('begins at the first free time of the entry’s provider, with its patient', () => {
    const taken = dayView({ services: [service], appointments: [appointment(9, '08:00')] });
    expect(draftForEntry(taken, entry(1), at('07:00'))).toMatchObject({
      providerId: idOf('p', 1),
      start: at('08:30'),
      patient: patient(1),
      entry: { waitlistEntryId: idOf('w', 1), patientId: idOf('c', 1) },
    });
  });

  test('takes any provider where the entry names none, and no time in the past', () => {
    const anyProvider = entry(1, { providerIds: [] });
    const later = dayView({ services: [service], openRuns: [run(1, '11:00', '17:00'), run(2, '08:00', '17:00')] });
    expect(draftForEntry(later, anyProvider, at('09:00'))).toMatchObject({
      providerId: idOf('p', 2),
      start: at('09:00'),
    });
  });

  test('gives no draft where the named provider is away, or where this person may not see the patient', () => {
    const away = dayView({ services: [service], openRuns: [run(2, '08:00', '17:00')] });
    expect(draftForEntry(away, entry(1), at('07:00'))).toBeNull();
    expect(draftForEntry(view, entry(1, { patient: null }), at('07:00'))).toBeNull();
  });
});
