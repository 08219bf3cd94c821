import type { Decision } from '../../../core/contract/desk/calls.ts';

interface Waiter {
  readonly lane: string | null;
  readonly promise: Promise<Decision>;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (reason: unknown) => void;
}

/** The calls that wait for a decision on a command. All calls that wait for one command share one promise. */
export interface DecisionWaiters {
  /** The promise that the calls for this command already wait for; null where none waits. */
  promiseOf(commandId: string): Promise<Decision> | null;
  /** Begins to wait. `lane` null: the command is not in the outbox. */
  add(commandId: string, lane: string | null): Promise<Decision>;
  resolve(commandId: string, decision: Decision): void;
  /** Answers `waiting` to the calls for the chosen commands. An event tells the page the decision later. */
  letGo(isChosen: (commandId: string, lane: string | null) => boolean): void;
  rejectAll(error: unknown): void;
}

export function openDecisionWaiters(): DecisionWaiters {
  const waiters = new Map<string, Waiter>();

  function resolve(commandId: string, decision: Decision): void {
    waiters.get(commandId)?.resolve(decision);
    waiters.delete(commandId);
  }

  return {
    resolve,
    promiseOf: (commandId) => waiters.get(commandId)?.promise ?? null,
    add(commandId, lane) {
      const waiter = { lane, ...Promise.withResolvers<Decision>() };
      waiters.set(commandId, waiter);
      return waiter.promise;
    },
    letGo(isChosen) {
      for (const [commandId, { lane }] of waiters)
        if (isChosen(commandId, lane)) resolve(commandId, { kind: 'waiting' });
    },
    rejectAll(error) {
      for (const waiter of waiters.values()) waiter.reject(error);
      waiters.clear();
    },
  };
}
