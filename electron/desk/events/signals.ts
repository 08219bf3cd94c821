import type { Decision } from '../../../core/contract/desk/calls.ts';

/** What the parts of one desk tell each other, with what each signal carries. A signal states a fact and asks for nothing. */
export interface SignalValues {
  /** The server answers a request, for the first time or again. */
  online: [];
  /** The server no longer answers, or does not answer the first request. */
  offline: [];
  /** The server no longer knows the token that a request carried. */
  rejected: [token: string];
  /** A person signed in or out, the desk was paired, or the server rejected the session or the pairing. */
  'identity-changed': [];
  /** The desk now follows the feed of the organization that its identity belongs to. */
  following: [];
  /** Held days must be read again. */
  'days-stale': [];
  /** The window filler read at least one day, and nothing of the window is left to read now. */
  'window-filled': [];
  /** The server has another history (a new feed epoch), and the outbox holds confirmed commands to send again. */
  'other-history': [];
  /** The desk found a decision on a command outside of that command's own push. */
  decided: [commandId: string, decision: Decision];
  /** The PC slept, or its clock was set. */
  woke: [];
  /** Five seconds passed. */
  tick: [];
}

export interface Signals {
  /** Listens for as long as the desk runs: all parts of a desk end together. */
  on<N extends keyof SignalValues>(name: N, listener: (...values: SignalValues[N]) => void): void;
  /**
   * Calls all listeners of a signal, in the order in which they began to listen, before it returns. A listener that throws
   * does not silence the others. The first error is thrown after them: only the emitter knows which call waits for it.
   */
  emit<N extends keyof SignalValues>(name: N, ...values: SignalValues[N]): void;
}

type Listener = (...values: unknown[]) => void;

export function openSignals(): Signals {
  const listeners = new Map<keyof SignalValues, readonly Listener[]>();
  return {
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener as Listener]);
    },
    emit(name, ...values) {
      const errors: unknown[] = [];
      for (const listener of listeners.get(name) ?? []) {
        try {
          listener(...values);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
