import { useSyncExternalStore } from 'react';

import type { Decision } from '../../core/contract/desk/calls.ts';
import { undoSeconds } from '../../core/domain/bookings/limits.ts';
import type { Sent } from './pending-commands.ts';
import { undoableTypeOf, undoOf } from './undo-of.ts';

/** As long as outgoing messages wait: patients are told only after that. */
export const undoMilliseconds = undoSeconds * 1_000;

export interface Undoable {
  readonly sent: Sent;
  /** How the desk answered; null: not yet. */
  readonly answer: Exclude<Decision['kind'], 'refused'> | null;
  /** By the page's own monotonic clock. */
  readonly until: number;
  /** What the undo comes after: the command itself, or the undo of one that had followed it. */
  readonly after: string;
  /** How many versions the visit has gone on since `sent.before`. */
  readonly steps: number;
}

/** What can be taken back, the latest last. */
let stack: readonly Undoable[] = [];
const watchers = new Set<() => void>();

const idOf = ({ typed }: Sent) => typed.command.commandId;

function write(next: readonly Undoable[]): void {
  stack = next;
  for (const watcher of watchers) watcher();
}

function isOpen({ until }: Undoable): boolean {
  return until > performance.now();
}

/** From now on the command can be taken back. */
export function allowUndo(sent: Sent): void {
  if (undoableTypeOf(sent) === null) return;
  const others = stack.filter((other) => isOpen(other) && idOf(other.sent) !== idOf(sent));
  const until = performance.now() + undoMilliseconds;
  write([...others, { sent, answer: null, until, after: idOf(sent), steps: 1 }]);
}

/** The ten seconds begin with the first answer: that is when the person is told. */
export function answerUndoable(commandId: string, answer: Exclude<Decision['kind'], 'refused'>): void {
  write(
    stack.map((undoable) => {
      if (idOf(undoable.sent) !== commandId) return undoable;
      const until = undoable.answer === null ? performance.now() + undoMilliseconds : undoable.until;
      return { ...undoable, answer, until };
    }),
  );
}

/** What was refused, or taken back, is no longer to be taken back. */
export function endUndo(commandId: string): void {
  if (stack.some(({ sent }) => idOf(sent) === commandId)) write(stack.filter(({ sent }) => idOf(sent) !== commandId));
}

/** Another person sits down: what was done before is not theirs. */
export function forgetUndo(): void {
  write([]);
}

/** What the next undo takes back, or null. */
export function latestUndoable(undoables: readonly Undoable[] = stack): Undoable | null {
  return undoables.findLast(isOpen) ?? null;
}

/** Takes a command out of the stack and gives the one that takes it back. */
export function takeUndo({ sent, after, steps }: Undoable): Sent | null {
  endUndo(idOf(sent));
  return undoOf(sent, after, steps);
}

/** The visit stands as this undo left it: what was done to it before can be taken back after that. */
export function chainUndo(undo: Sent): void {
  const appointmentId = visitOf(undo);
  write(
    stack.map((undoable) =>
      visitOf(undoable.sent) === appointmentId
        ? { ...undoable, after: idOf(undo), steps: undoable.steps + 2 }
        : undoable,
    ),
  );
}

function visitOf({ typed }: Sent): string | null {
  return 'appointmentId' in typed.command.body ? typed.command.body.appointmentId : null;
}

export function useUndoStack(): readonly Undoable[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => stack,
  );
}
