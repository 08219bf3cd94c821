import { useSyncExternalStore } from 'react';

import type { DeskProblem, Problem } from '../../core/contract/problem.ts';
import type { Sent } from './pending-commands.ts';

/** A refusal that needs the person: what was sent, and what the server said. */
export interface Clash {
  readonly entry: Sent;
  readonly problem: Problem;
  /** It was refused while the person did something else: what the server said is no longer fresh. */
  readonly isLate: boolean;
}

/** Several may come in at once when a desk is online again; they are shown one after the other. */
let clashes: readonly Clash[] = [];
const watchers = new Set<() => void>();

function write(next: readonly Clash[]): void {
  clashes = next;
  for (const watcher of watchers) watcher();
}

/** Whether the problem is one that a dialog answers. */
export function openClash(entry: Sent, problem: DeskProblem): boolean {
  switch (problem.code) {
    case 'conflict':
    case 'stale-version':
    case 'status-conflict':
      write([...clashes, { entry, problem, isLate: false }]);
      return true;
    default:
      return false;
  }
}

/** A refusal out of the tray, which a dialog always answers. */
export function openLateClash(entry: Sent, problem: Problem): void {
  write([...clashes, { entry, problem, isLate: true }]);
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
