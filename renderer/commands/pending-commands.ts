import { useSyncExternalStore } from 'react';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { UndecidedCommand } from '../../core/commands/overlay.ts';

/** A command that this page sent and has no answer to. */
export interface PendingCommand extends UndecidedCommand {
  /** The visits that the screen showed as the person decided: what is not among them is news. */
  readonly seen: ReadonlySet<string>;
  /** Of what can be taken back: the visit as it stood before, null where there was none. */
  readonly before?: Appointment | null;
  /** The waitlist entry that this booking fulfils, once it is done. */
  readonly fulfils?: string;
  readonly phase: 'sending' | 'waiting';
}

/** A command as it is given, before it is on its way. */
export type Sent = Omit<PendingCommand, 'phase'>;

/** The commands on their way, in the order in which the person gave them. */
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

/** The commands that the desk keeps for the server. */
export function waitingIds(): ReadonlySet<string> {
  return new Set(pending.filter(({ phase }) => phase === 'waiting').map(idOf));
}

/** Those of them that the desk no longer has were decided or withdrawn, whether or not this page heard of it. */
export function dropWaiting(commandIds: ReadonlySet<string>): void {
  if (commandIds.size > 0) write(pending.filter((entry) => entry.phase !== 'waiting' || !commandIds.has(idOf(entry))));
}

export function findPending(commandId: string): PendingCommand | null {
  return pending.find((entry) => idOf(entry) === commandId) ?? null;
}

/** Whether a command is on its way that takes this one back. */
export function undoOnItsWay(commandId: string): boolean {
  return pending.some(({ typed }) => typed.command.undoes === commandId);
}

/** Takes the command out and returns it, once: null where it was settled already. */
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
