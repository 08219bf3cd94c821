import { describe, expect, test } from 'vitest';

import { overlayUndecided } from '../../../core/commands/overlay.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { undoableTypeOf, undoOf } from '../../../renderer/commands/undo-of.ts';
import { appointment, at, dayView, idOf, patient, pendingBook, pendingMove, pendingTransition } from '../builders.ts';

const commandId = idOf('k');

describe('taking back', () => {
  test('a booking cancels the visit, after the booking', () => {
    const booking = { ...pendingBook(appointment(1, '09:00'), patient(1)), before: null };
    expect(undoOf(booking, commandId)?.typed).toMatchObject({
      type: 'cancel',
      command: {
        undoes: commandId,
        precondition: { afterCommandId: commandId },
        body: { appointmentId: idOf('a', 1) },
      },
    });
  });

  test.each([
    ['arrive', 'booked', 'un-arrive'],
    ['check-in', 'booked', 'un-arrive'],
    ['check-in', 'arrived', 'un-check-in'],
    ['fulfil', 'arrived', 'un-check-in'],
    ['fulfil', 'checked-in', 'un-fulfil'],
    ['no-show', 'booked', 'un-no-show'],
  ] as const)('%s of a visit that was %s is %s, and shows what the visit was', (type, status, back) => {
    const before = appointment(1, '09:00', { status, arrivedAt: status === 'booked' ? null : '2026-11-23T07:50:00Z' });
    const step = { ...pendingTransition(type, before.appointmentId), before };
    const undo = undoOf(step, commandId);
    expect(undo?.typed).toMatchObject({
      type: back,
      command: { undoes: commandId, precondition: { afterCommandId: commandId } },
    });
    const day = dayView({ appointments: [before] });
    const shown = overlayUndecided(day, undo ? [step, undo] : []).view.appointments;
    expect(shown).toEqual([{ ...before, version: 3 }]);
  });

  test('a step that changed nothing, and one of a visit that nobody saw, is nothing', () => {
    const arrived = appointment(1, '09:00', { status: 'arrived' });
    for (const before of [arrived, null]) {
      expect(undoOf({ ...pendingTransition('arrive', arrived.appointmentId), before }, commandId)).toBeNull();
    }
  });

  test('a move names every member as it was, the room too', () => {
    const before = appointment(1, '09:00', { version: 4, roomId: idOf('r', 1) });
    const moved = { ...before, version: 5, scheduledStart: instantOf(at('11:00')), roomId: idOf('r', 2) };
    const undo = undoOf({ ...pendingMove(4, moved), before }, commandId);
    expect(undo?.typed).toMatchObject({
      type: 'move',
      command: {
        undoes: commandId,
        precondition: { afterCommandId: commandId },
        body: {
          appointmentId: before.appointmentId,
          scheduledStart: before.scheduledStart,
          durationMinutes: before.durationMinutes,
          providerId: before.providerId,
          roomId: idOf('r', 1),
        },
      },
    });
    expect(undo?.expected).toEqual({ ...before, version: 6 });
  });

  test('a cancellation reinstates the visit in its former status, with its patient', () => {
    const before = appointment(1, '09:00', { version: 2, status: 'arrived' });
    const undo = undoOf({ ...pendingTransition('cancel', idOf('a', 1)), before, patient: patient(1) }, commandId);
    expect(undo).toMatchObject({
      typed: { type: 'reinstate', command: { undoes: commandId } },
      expected: { ...before, version: 4 },
      patient: patient(1),
    });
  });

  test('follows the last undo on the same visit, and makes a version of its own', () => {
    const before = appointment(1, '09:00', { version: 4 });
    const undo = undoOf({ ...pendingMove(4, { ...before, version: 5 }), before }, idOf('u', 9), 3);
    expect(undo?.typed.command).toMatchObject({ precondition: { afterCommandId: idOf('u', 9) } });
    expect(undo?.expected?.version).toBe(8);
  });

  test('an undo cannot be taken back', () => {
    const undo = undoOf({ ...pendingBook(appointment(1, '09:00'), patient(1)), before: null }, commandId);
    expect(undo && undoableTypeOf(undo)).toBeNull();
    expect(undo && undoOf(undo, commandId)).toBeNull();
  });

  test('any other command cannot be taken back', () => {
    for (const back of ['un-arrive', 'un-check-in', 'un-fulfil', 'un-no-show'] as const) {
      expect(undoableTypeOf(pendingTransition(back, idOf('a', 1)))).toBeNull();
    }
  });
});
