import { describe, expect, test } from 'vitest';

import { withAppointment, withAppointments } from '../../../core/calendar/change-day.ts';
import { overlayUndecided } from '../../../core/commands/overlay.ts';
import { instantOf, quarterDuring } from '../../../core/domain/time/quarter.ts';
import {
  appointment,
  at,
  dayView,
  idOf,
  patient,
  pendingBook,
  pendingMove,
  pendingRaise,
  pendingTransition,
  run,
} from '../../renderer/builders.ts';

describe('a booking on its way', () => {
  test('appears in the day at once, provisional and with the name of its patient', () => {
    const { view, provisional } = overlayUndecided(dayView(), [pendingBook(appointment(1, '09:00'), patient(1))]);
    expect(view.appointments).toEqual([appointment(1, '09:00')]);
    expect(view.patients).toEqual([patient(1)]);
    expect([...provisional.keys()]).toEqual([idOf('a', 1)]);
  });

  test('changes nothing once the day itself shows the visit, wherever the server put it', () => {
    const decided = appointment(1, '09:00', { roomId: idOf('r', 3) });
    const day = dayView({ appointments: [decided], patients: [patient(1)] });
    const { view, provisional } = overlayUndecided(day, [pendingBook(appointment(1, '09:00'), patient(1))]);
    expect(view).toBe(day);
    expect(provisional.size).toBe(0);
  });

  test('is not drawn on another day', () => {
    const elsewhere = appointment(1, '09:00', { scheduledStart: '2026-11-25T09:00:00Z' });
    expect(overlayUndecided(dayView(), [pendingBook(elsewhere, patient(1))]).view.appointments).toEqual([]);
  });
});

describe('a move on its way', () => {
  const before = appointment(1, '09:00', { version: 4 });
  const after = { ...before, version: 5, scheduledStart: instantOf(at('11:00')), providerId: idOf('p', 2) };

  test('shows the visit at its new place and nowhere else', () => {
    const { view, provisional } = overlayUndecided(dayView({ appointments: [before] }), [pendingMove(4, after)]);
    expect(view.appointments).toEqual([after]);
    expect(provisional.has(before.appointmentId)).toBe(true);
  });

  test('gives way to a version that the person had not seen', () => {
    const newer = { ...before, version: 5, scheduledStart: instantOf(at('15:00')) };
    const { view, provisional } = overlayUndecided(dayView({ appointments: [newer] }), [pendingMove(4, after)]);
    expect(view.appointments).toEqual([newer]);
    expect(provisional.size).toBe(0);
  });

  test('adds a visit that comes from another day, and removes one that goes to another', () => {
    expect(overlayUndecided(dayView(), [pendingMove(4, after)]).view.appointments).toEqual([after]);
    const away = { ...after, scheduledStart: '2026-11-25T09:00:00Z' };
    expect(overlayUndecided(dayView({ appointments: [before] }), [pendingMove(4, away)]).view.appointments).toEqual([]);
  });
});

describe('a change of status on its way', () => {
  test('shows the new status over whatever the visit has become meanwhile', () => {
    const moved = appointment(1, '13:00', { version: 9 });
    const { view, provisional } = overlayUndecided(dayView({ appointments: [moved] }), [
      pendingTransition('arrive', moved.appointmentId),
    ]);
    expect(view.appointments).toEqual([
      { ...moved, arrivedAt: '2026-11-23T07:00:00Z', status: 'arrived', version: 10 },
    ]);
    expect(provisional.has(moved.appointmentId)).toBe(true);
  });

  const arrived = '2026-11-23T06:50:00Z';
  const made = '2026-11-23T07:00:00Z';
  test.each([
    ['arrive', 'booked', null, 'arrived', made],
    ['check-in', 'booked', null, 'checked-in', made],
    ['check-in', 'arrived', arrived, 'checked-in', arrived],
    ['fulfil', 'checked-in', arrived, 'fulfilled', arrived],
    ['un-arrive', 'fulfilled', arrived, 'booked', null],
    ['un-check-in', 'fulfilled', arrived, 'arrived', arrived],
    ['un-fulfil', 'fulfilled', arrived, 'checked-in', arrived],
    ['un-no-show', 'noshow', null, 'booked', null],
  ] as const)('%s of a visit that is %s shows the status and the time of arrival', (type, from, since, to, due) => {
    const visit = appointment(1, '09:00', { status: from, arrivedAt: since });
    const { view } = overlayUndecided(dayView({ appointments: [visit] }), [
      pendingTransition(type, visit.appointmentId),
    ]);
    expect(view.appointments).toEqual([{ ...visit, status: to, arrivedAt: due, version: 2 }]);
  });

  test('lets go of the slots of a visit whose patient did not come, from the next quarter on', () => {
    const visit = appointment(1, '09:00');
    const { view } = overlayUndecided(dayView({ appointments: [visit] }), [
      pendingTransition('no-show', visit.appointmentId),
    ]);
    const holdsUntil = instantOf(quarterDuring(made) + 1);
    expect(view.appointments).toEqual([{ ...visit, status: 'noshow', holdsUntil, version: 2 }]);
  });

  test('changes nothing when the day already has that status', () => {
    const done = appointment(1, '09:00', { status: 'checked-in' });
    const { provisional } = overlayUndecided(dayView({ appointments: [done] }), [
      pendingTransition('check-in', done.appointmentId),
    ]);
    expect(provisional.size).toBe(0);
  });

  test('keeps a visit that is being cancelled in sight until the server has cancelled it', () => {
    const visit = appointment(1, '09:00');
    const { view, provisional } = overlayUndecided(dayView({ appointments: [visit] }), [
      pendingTransition('cancel', visit.appointmentId),
    ]);
    expect(view.appointments).toEqual([{ ...visit, status: 'cancelled', version: 2 }]);
    expect(provisional.has(visit.appointmentId)).toBe(true);
  });
});

test('several commands apply in the order in which they were given', () => {
  const booked = appointment(1, '09:00');
  const { view } = overlayUndecided(dayView(), [
    pendingBook(booked, patient(1)),
    pendingTransition('check-in', booked.appointmentId),
  ]);
  expect(view.appointments).toEqual([
    { ...booked, arrivedAt: '2026-11-23T07:00:00Z', status: 'checked-in', version: 2 },
  ]);
});

test('a capacity on its way splits the run around its slot', () => {
  const day = dayView({ openRuns: [run(1, '08:00', '10:00')] });
  const { view } = overlayUndecided(day, [pendingRaise([instantOf(at('09:00'))], 2)]);
  expect(view.openRuns.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))).toEqual([
    run(1, '08:00', '09:00'),
    run(1, '09:00', '09:15', 2),
    run(1, '09:15', '10:00'),
  ]);
});

test('the server’s answer replaces the visit, and takes it out when it holds no slot any more', () => {
  const day = dayView({ appointments: [appointment(1, '09:00')] });
  const moved = appointment(1, '10:00', { version: 2 });
  expect(withAppointment(day, moved).appointments).toEqual([moved]);
  expect(withAppointment(day, { ...moved, status: 'cancelled' }).appointments).toEqual([]);
});

test('many answers at once are applied in one pass, and bring patients whom the day does not know', () => {
  const day = dayView({ appointments: [appointment(1, '09:00'), appointment(2, '10:00')], patients: [patient(1)] });
  const moved = appointment(1, '11:00', { version: 2 });
  const booked = appointment(3, '12:00');
  const elsewhere = appointment(4, '09:00', { scheduledStart: '2026-11-25T09:00:00Z' });
  const { appointments, patients } = withAppointments(day, [
    { appointment: moved, patient: patient(1) },
    { appointment: appointment(2, '10:00', { status: 'cancelled', version: 2 }), patient: null },
    { appointment: booked, patient: patient(3) },
    { appointment: elsewhere, patient: patient(4) },
  ]);
  expect(appointments).toEqual([moved, booked]);
  expect(patients).toEqual([patient(1), patient(3)]);
});

test('answers that are of another day leave the day as it is', () => {
  const day = dayView({ appointments: [appointment(1, '09:00')] });
  const elsewhere = appointment(4, '09:00', { scheduledStart: '2026-11-25T09:00:00Z' });
  expect(withAppointments(day, [{ appointment: elsewhere, patient: null }])).toBe(day);
});
