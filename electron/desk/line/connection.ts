import type { ConnectionState } from '../../../core/contract/desk/status.ts';
import type { Signals } from '../events/signals.ts';

export interface Connection {
  /** Notes what a request showed: whether the server answered. A refusal is an answer too. */
  contact(reachable: boolean): void;
  state(): ConnectionState;
}

/** Knows from every request whether the server is there, and tells `online` or `offline` when that changes. */
export function openConnection(signals: Signals): Connection {
  let state: ConnectionState = 'connecting';
  return {
    state: () => state,
    contact(reachable) {
      const next = reachable ? 'online' : 'offline';
      if (next === state) return;
      state = next;
      signals.emit(next);
    },
  };
}
