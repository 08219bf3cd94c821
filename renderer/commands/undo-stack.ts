import { useSyncExternalStore } from 'react';

import type { Decision } from '../../core/contract/desk/calls.ts';
import { undoSeconds } from '../../core/domain/bookings/limits.ts';
import type { Sent } from './pending-commands.ts';
import { undoableTypeOf, undoOf } from './undo-of.ts';

/** Equal to the delay of outgoing messages: patients are told only after the undo has ended. */
export const undoMilliseconds = undoSeconds * 1_000;

export interface Undoable {
  readonly sent: Sent;
  /** The desk's answer; null before the answer. */
  readonly answer: Exclude<Decision['kind'], 'refused'> | null;
  /** In milliseconds of performance.now(), which no change of the PC's clock moves. */
  readonly until: number;
  /** The id of the command that the undo follows: the command itself, or the undo of a later command on the same visit. */
  readonly after: string;
  /** The number of versions that the visit has gained since `sent.before`. */
  readonly steps: number;
}

/** The commands that can be taken back, the latest last. */
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

/**
 * Lets the person take the command back from now on. A command that cannot be taken back, such as "Came after all", ends
 * the offers for its visit: what they would take back is gone.
 */
export function allowUndo(sent: Sent): void {
  if (undoableTypeOf(sent) === null) {
    if (sent.typed.command.undoes === undefined) endUndoOf(visitOf(sent));
    return;
  }
  const others = stack.filter((other) => isOpen(other) && idOf(other.sent) !== idOf(sent));
  const until = performance.now() + undoMilliseconds;
  write([...others, { sent, answer: null, until, after: idOf(sent), steps: 1 }]);
}

/** Restarts the ten seconds at the first answer, because the person sees the result then. */
export function answerUndoable(commandId: string, answer: Exclude<Decision['kind'], 'refused'>): void {
  write(
    stack.map((undoable) => {
      if (idOf(undoable.sent) !== commandId) return undoable;
      const until = undoable.answer === null ? performance.now() + undoMilliseconds : undoable.until;
      return { ...undoable, answer, until };
    }),
  );
}

/** Removes a command that was refused or taken back. */
export function endUndo(commandId: string): void {
  if (stack.some(({ sent }) => idOf(sent) === commandId)) write(stack.filter(({ sent }) => idOf(sent) !== commandId));
}

function endUndoOf(appointmentId: string | null): void {
  if (appointmentId === null) return;
  if (stack.some(({ sent }) => visitOf(sent) === appointmentId)) {
    write(stack.filter(({ sent }) => visitOf(sent) !== appointmentId));
  }
}

/** Empties the stack, because another person must not take these commands back. */
export function forgetUndo(): void {
  write([]);
}

/** The command that the next undo takes back, or null. */
export function latestUndoable(undoables: readonly Undoable[] = stack): Undoable | null {
  return undoables.findLast(isOpen) ?? null;
}

/** Removes a command from the stack, and returns the one that takes it back. */
export function takeUndo({ sent, after, steps }: Undoable): Sent | null {
  endUndo(idOf(sent));
  return undoOf(sent, after, steps);
}

/** Lets earlier commands on the same visit be taken back after this undo. */
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
