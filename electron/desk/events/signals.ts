import type { Decision } from '../../../core/contract/desk/calls.ts';

/** What the parts of one desk tell each other, with what each signal carries. A signal states a fact and asks for nothing. */
export interface SignalValues {
  /** The server answered, and did not answer the request before, or this was the first one. */
  online: [];
  /** A request got no answer, and the request before did, or this was the first one. */
  offline: [];
  /** The server no longer knows the token that a request carried. */
  rejected: [token: string];
  /** Somebody signed in or out, the desk was paired, or the server rejected a session or a pairing. */
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
  /** Listens for as long as the desk runs: all parts of a desk end together, so nothing stops listening before. */
  on<N extends keyof SignalValues>(name: N, listener: (...values: SignalValues[N]) => void): void;
  /**
   * Calls the listeners of a signal, in the order in which they began to listen, before it returns. Every listener is
   * called, also after one threw: a fault of one part must not silence the others. Then the first error is thrown, because
   * only the emitter knows whether a call of the page waits for it.
   */
  emit<N extends keyof SignalValues>(name: N, ...values: SignalValues[N]): void;
}

type Listener = (...values: unknown[]) => void;

export function openSignals(): Signals {
  const listeners = new Map<keyof SignalValues, readonly Listener[]>();
  return {
    on(name, listener) {
      // The name ties a listener to its values: the types of `on` and `emit` see to that, and the map cannot.
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
