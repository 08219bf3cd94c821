import { useSyncExternalStore } from 'react';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { UndecidedCommand } from '../../core/commands/overlay.ts';

/** A command of this page without an answer. */
export interface PendingCommand extends UndecidedCommand {
  /** The visits on the screen when the person decided. Any other visit is news to the person. */
  readonly seen: ReadonlySet<string>;
  /** For commands that can be taken back: the visit before the command, null where there was none. */
  readonly before?: Appointment | null;
  /** The waitlist entry that this booking fulfils once the booking is done. */
  readonly fulfils?: string;
  readonly phase: 'sending' | 'waiting';
}

/** A command before it is sent. */
export type Sent = Omit<PendingCommand, 'phase'>;

/** The sent commands, in the order in which the person gave them. */
let pending: readonly PendingCommand[] = [];
const watchers = new Set<() => void>();

function write(next: readonly PendingCommand[]): void {
  pending = next;
  for (const watcher of watchers) watcher();
}

const idOf = (entry: PendingCommand) => entry.typed.command.commandId;

export function addPending(entry: PendingCommand): void {
  write([...pending.filter((other) => idOf(other) !== idOf(entry)), entry]);
}

export function markWaiting(commandId: string): void {
  write(pending.map((entry) => (idOf(entry) === commandId ? { ...entry, phase: 'waiting' } : entry)));
}

/** The ids of the commands that the desk keeps for the server. */
export function waitingIds(): ReadonlySet<string> {
  return new Set(pending.filter(({ phase }) => phase === 'waiting').map(idOf));
}

/** Removes commands that the desk no longer has: they were decided or withdrawn, whether or not an event told this page. */
export function dropWaiting(commandIds: ReadonlySet<string>): void {
  if (commandIds.size > 0) write(pending.filter((entry) => entry.phase !== 'waiting' || !commandIds.has(idOf(entry))));
}

export function findPending(commandId: string): PendingCommand | null {
  return pending.find((entry) => idOf(entry) === commandId) ?? null;
}

/** Whether a sent command takes this one back. */
export function undoOnItsWay(commandId: string): boolean {
  return pending.some(({ typed }) => typed.command.undoes === commandId);
}

/** Removes the command and returns it; null where it was settled already. */
export function takePending(commandId: string): PendingCommand | null {
  const entry = findPending(commandId);
  if (entry) write(pending.filter((other) => other !== entry));
  return entry;
}

export function usePending(): readonly PendingCommand[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => pending,
  );
}
