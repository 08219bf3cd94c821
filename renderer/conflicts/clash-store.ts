import { useSyncExternalStore } from 'react';

import type { DeskProblem, Problem } from '../../core/contract/problem.ts';
import type { PendingCommand } from '../bookings/overlay.ts';

export type ClashProblem = Extract<Problem, { code: 'conflict' | 'stale-version' | 'status-conflict' }>;

/** A refusal that needs the person: what was sent, and what the server said. */
export interface Clash {
  readonly entry: Omit<PendingCommand, 'phase'>;
  readonly problem: ClashProblem;
}

/** Several may come in at once when a desk is online again; they are shown one after the other. */
let clashes: readonly Clash[] = [];
const watchers = new Set<() => void>();

function write(next: readonly Clash[]): void {
  clashes = next;
  for (const watcher of watchers) watcher();
}

/** Whether the problem is one that a dialog answers. */
export function openClash(entry: Omit<PendingCommand, 'phase'>, problem: DeskProblem): boolean {
  switch (problem.code) {
    case 'conflict':
    case 'stale-version':
    case 'status-conflict':
      write([...clashes, { entry, problem }]);
      return true;
    default:
      return false;
  }
}

export function closeClash(clash: Clash): void {
  write(clashes.filter((other) => other !== clash));
}

export function useClash(): Clash | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => clashes[0] ?? null,
  );
}
