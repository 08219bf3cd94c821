import { definitionOf, type Command, type CommandType, type UndoableType } from '../../core/commands/list.ts';
import { makeCommand } from './make-command.ts';
import type { Sent } from './pending-commands.ts';

/** The type of a command that can be taken back, else null. An undo cannot be taken back. */
export function undoableTypeOf({ typed }: Sent): UndoableType | null {
  const isUndoable = typed.command.undoes === undefined && definitionOf(typed.type).undo !== undefined;
  return isUndoable ? (typed.type as UndoableType) : null;
}

/**
 * The command that takes this one back, or null. The undo follows `afterCommandId`: the command itself, decided or not, or
 * the last undo on the same visit. The undo of a move is refused where somebody has changed the visit since. `steps` is the
 * number of versions that the visit has gained since `before`.
 */
export function undoOf(sent: Sent, afterCommandId: string, steps = 1): Sent | null {
  if (undoableTypeOf(sent) === null) return null;
  const { typed, patient, seen, before = null } = sent;
  const undo = definitionOf(typed.type).undo?.(typed.command, before);
  if (!undo) return null;
  const { commandId: undoes, ...identity } = typed.command;
  const back = makeCommand(undo.type as CommandType, identity, undo.body as Command['body'], {
    after: { commandId: afterCommandId },
    undoes,
  });
  const expected = undo.restores && before ? { ...before, version: before.version + steps + 1 } : null;
  return { typed: back, expected, patient, seen };
}
