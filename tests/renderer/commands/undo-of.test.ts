import { describe, expect, test } from 'vitest';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { undoableTypeOf, undoOf } from '../../../renderer/commands/undo-of.ts';
import { appointment, at, idOf, patient, pendingBook, pendingMove, pendingTransition } from '../builders.ts';

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

  test('a check-in un-arrives the patient', () => {
    const checkIn = { ...pendingTransition('check-in', idOf('a', 1)), before: appointment(1, '09:00') };
    expect(undoOf(checkIn, commandId)?.typed).toMatchObject({ type: 'un-arrive', command: { undoes: commandId } });
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
    expect(undoableTypeOf(pendingTransition('un-arrive', idOf('a', 1)))).toBeNull();
  });
});
