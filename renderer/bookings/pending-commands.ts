import { useSyncExternalStore } from 'react';

import type { PendingCommand } from './overlay.ts';

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

export function findPending(commandId: string): PendingCommand | null {
  return pending.find((entry) => idOf(entry) === commandId) ?? null;
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
