import { parentOf } from '../../../../core/commands/list.ts';
import type { OutboxEntry } from '../../../../core/contract/desk/outbox-entry.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { Truth } from './load-truth.ts';

/**
 * The refusals of a desk that nobody dealt with and that its tray does not show, in words: no refusal may vanish. Two kinds
 * are excused: a refusal that follows another one is dealt with together with it, and a command that was taken back needs no
 * attention.
 */
export function judgeTray(desk: string, tray: readonly OutboxEntry[], journal: Journal, truth: Truth): string[] {
  const shown = new Set(tray.filter(({ state }) => state === 'refused').map(({ typed }) => typed.command.commandId));
  const entries = [...journal.entries.values()].filter((entry) => entry.desk === desk);
  const undone = new Set(entries.map(({ typed }) => typed.command.undoes));
  const dealtWith = new Set(entries.filter(({ isResolved }) => isResolved).map(laneOf));
  const isExcused = (entry: JournalEntry) => {
    const parent = parentOf(entry.typed.command);
    return (
      entry.isResolved ||
      undone.has(entry.typed.command.commandId) ||
      entry.typed.command.undoes !== undefined ||
      dealtWith.has(laneOf(entry)) ||
      (parent !== null && journal.entries.get(parent)?.isResolved === true)
    );
  };
  return entries
    .filter(({ typed }) => {
      const kind = truth.commands.get(typed.command.commandId)?.kind;
      return kind !== undefined && kind !== 'done';
    })
    .filter((entry) => !shown.has(entry.typed.command.commandId) && !isExcused(entry))
    .map(({ typed }) => `${desk}: the refusal of ${typed.type} ${typed.command.commandId} is in no tray`);
}

/** The subject of a command. All refusals about one visit are dealt with at once. */
function laneOf({ typed }: JournalEntry): string {
  const { body } = typed.command;
  if ('appointmentId' in body) return body.appointmentId;
  return 'patientId' in body ? body.patientId : typed.command.commandId;
}
