import { expect, test } from 'vitest';

import type { TransitionType } from '../../../core/domain/bookings/transitions.ts';
import { aTransition } from '../builders.ts';
import { dayOf, offlineDesk, outboxOf, send } from './offline-desk.ts';

/** An offline desk that holds Anna's visit, on Monday from 9:00 to 9:30 in Berlin, and whose clock the test sets. */
async function deskAt(instant: string) {
  let shown = '2026-11-23T07:00:00Z';
  const clock = { instant: () => shown, monotonicMs: () => performance.now() };
  const { desk, visit } = await offlineDesk({ clock });
  shown = instant;
  const decide = (type: TransitionType) => send(desk, aTransition(type, visit.appointmentId));
  const here = async () => {
    const { view } = await dayOf(desk);
    const shownVisit = view.appointments.find((each) => each.appointmentId === visit.appointmentId);
    return { status: shownVisit?.status, hasArrived: typeof shownVisit?.arrivedAt === 'string' };
  };
  return { desk, decide, here };
}

test('each step of a visit, and each way back, shows at once and waits for the server', async () => {
  const { desk, decide, here } = await deskAt('2026-11-23T08:05:00Z');
  const steps = [
    ['arrive', 'arrived', true],
    ['check-in', 'checked-in', true],
    ['fulfil', 'fulfilled', true],
    ['un-fulfil', 'checked-in', true],
    ['un-check-in', 'arrived', true],
    ['un-arrive', 'booked', false],
    ['no-show', 'noshow', false],
    ['un-no-show', 'booked', false],
  ] as const;
  for (const [type, status, hasArrived] of steps) {
    expect(await decide(type), type).toEqual({ kind: 'waiting' });
    expect(await here(), type).toEqual({ status, hasArrived });
  }
  expect((await outboxOf(desk)).map(({ typed }) => typed.type)).toEqual(steps.map(([type]) => type));
});

test.each([
  ['the day before', '2026-11-22T22:45:00Z', 'not-today', 'not-begun'],
  ['the same day in Berlin, before it is so in UTC', '2026-11-22T23:00:00Z', null, 'not-begun'],
  ['a moment before the visit', '2026-11-23T07:59:00Z', null, 'not-begun'],
  ['the moment of the visit', '2026-11-23T08:00:00Z', null, null],
  ['late on the day', '2026-11-23T22:45:00Z', null, null],
  ['the day after', '2026-11-23T23:00:00Z', 'not-today', null],
] as const)('%s: an arrival and an absence are refused at once where it is not their time', async (...row) => {
  const [, instant, arrival, absence] = row;
  for (const [type, reason] of [
    ['arrive', arrival],
    ['check-in', arrival],
    ['no-show', absence],
  ] as const) {
    const { desk, decide, here } = await deskAt(instant);
    const due = { kind: 'refused', problem: { code: 'refused', data: { reason } } };
    expect(await decide(type), type).toMatchObject(reason ? due : { kind: 'waiting' });
    expect(await outboxOf(desk)).toHaveLength(reason ? 0 : 1);
    const { status } = await here();
    expect(status === 'booked').toBe(reason !== null);
  }
});

test('a step that the status does not allow is refused at once, with the visit as it is', async () => {
  const { desk, decide } = await deskAt('2026-11-23T08:05:00Z');
  for (const type of ['fulfil', 'un-check-in', 'un-fulfil'] as const) {
    expect(await decide(type), type).toMatchObject({
      kind: 'refused',
      problem: { code: 'status-conflict', data: { current: { status: 'booked' } } },
    });
  }
  expect(await outboxOf(desk)).toEqual([]);
});
