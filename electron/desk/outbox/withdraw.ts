import { isRegistration, type TypedCommand } from '../../../core/commands/list.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadCommand, loadUndecided, markWithdrawn, writeCommand, type StoredCommand } from '../store/outbox.ts';
import { removePatient } from '../store/patients.ts';
import { inTransaction } from '../store/prepared.ts';

/** The decision on a withdrawn command and on its undo: done, without an appointment, because neither reached the server. */
export const tookBack = (commandId: string): Decision => ({ kind: 'done', outcome: { commandId, appointment: null } });

/**
 * The command that an undo takes back without the server: a refused one, or one that was never sent and that no other command
 * builds on; else null.
 */
export function undoneHere(store: Store, orgId: string, undo: TypedCommand): StoredCommand | null {
  const { undoes } = undo.command;
  const undone = undoes === undefined ? null : loadCommand(store, undoes);
  if (!undone || undone.orgId !== orgId) return null;
  if (undone.state === 'refused') return undone;
  if (undone.state !== 'saved') return null;
  const isBuiltOn = loadUndecided(store, orgId).some(
    (other) =>
      other.position > undone.position &&
      other.typed.command.commandId !== undo.command.commandId &&
      (other.lane === undone.lane || other.afterCommandId === undoes || other.waitsFor.includes(undoes ?? '')),
  );
  return isBuiltOn ? null : undone;
}

/** Withdraws a command and its undo in one transaction. Both ids stay known, because the page may send either again. */
export function withdraw(
  store: Store,
  orgId: string,
  undo: TypedCommand,
  undone: StoredCommand,
  decidedAt: string,
): void {
  inTransaction(store, () => {
    writeCommand(store, orgId, undo);
    markWithdrawn(store, [undone.typed.command.commandId, undo.command.commandId], decidedAt);
    if (isRegistration(undone.typed)) removePatient(store, orgId, undone.lane);
  });
}
