import { useSyncExternalStore } from 'react';

import type { DeskProblem, Problem } from '../../core/contract/problem.ts';
import type { Sent } from './pending-commands.ts';

/** A refusal that the person must resolve: the command, and the server's problem. */
export interface Clash {
  readonly entry: Sent;
  readonly problem: Problem;
  /** The refusal came while the person did something else, so its data may be out of date. */
  readonly isLate: boolean;
}

/** Several clashes may arrive when a desk is online again. They are shown one after the other. */
let clashes: readonly Clash[] = [];
const watchers = new Set<() => void>();

function write(next: readonly Clash[]): void {
  clashes = next;
  for (const watcher of watchers) watcher();
}

/** Opens the dialog if a dialog can answer the problem; returns whether it can. */
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

/** Opens the dialog for a refusal in the tray, whatever the problem. */
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
