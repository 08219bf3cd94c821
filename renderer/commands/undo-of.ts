import type { TypedCommand } from '../../core/commands/list.ts';
import { makeMove, makeReinstate, makeTransition } from './make-command.ts';
import type { Sent } from './pending-commands.ts';

const undoableTypes = ['book', 'move', 'cancel', 'check-in'] as const satisfies readonly TypedCommand['type'][];
export type UndoableType = (typeof undoableTypes)[number];

/** What of it can be taken back, or null: an undo itself is no such thing. */
export function undoableTypeOf({ typed }: Sent): UndoableType | null {
  if (typed.command.undoes !== undefined) return null;
  return undoableTypes.find((type) => type === typed.type) ?? null;
}

/**
 * The guarded command that takes this one back. It comes after it, whether or not the server has decided it, or after
 * the last undo on the same visit (`afterCommandId`); a move makes sense only where nobody has changed the visit since.
 * `steps`: how many versions the visit has gone on since `before`. Null where it can't be taken back.
 */
export function undoOf(sent: Sent, afterCommandId: string, steps = 1): Sent | null {
  const { typed, patient, seen, before } = sent;
  const { commandId, actorId, deskId } = typed.command;
  const after = { commandId: afterCommandId };
  const identity = { actorId, deskId };
  if (undoableTypeOf(sent) === null) return null;
  switch (typed.type) {
    case 'book': {
      const { appointmentId } = typed.command.body;
      const cancel = makeTransition(identity, 'cancel', appointmentId, after, commandId);
      return { typed: cancel, expected: null, patient, seen };
    }
    case 'check-in': {
      const { appointmentId } = typed.command.body;
      const unArrive = makeTransition(identity, 'un-arrive', appointmentId, after, commandId);
      return { typed: unArrive, expected: null, patient, seen };
    }
    case 'move': {
      if (!before) return null;
      const { scheduledStart, durationMinutes, providerId, roomId, equipmentId, version } = before;
      const place = {
        scheduledStart,
        durationMinutes,
        providerId,
        ...(roomId === null ? {} : { roomId }),
        ...(equipmentId === null ? {} : { equipmentId }),
      };
      const expected = { ...before, version: version + steps + 1 };
      return { typed: makeMove(identity, before, place, after, commandId), expected, patient, seen };
    }
    case 'cancel': {
      if (!before) return null;
      const expected = { ...before, version: before.version + steps + 1 };
      const reinstate = makeReinstate(identity, before.appointmentId, after, commandId);
      return { typed: reinstate, expected, patient, seen };
    }
    default:
      return null;
  }
}
