import type { ConnectionState } from '../../../core/contract/desk/status.ts';

export interface Connection {
  /** What the last request showed: the server spoke, be it to refuse, or nobody did. */
  contact(reachable: boolean): void;
  state(): ConnectionState;
}

/** Knows from every request whether the server is there, and says so when that changes. */
export function openConnection(onChange: (state: ConnectionState) => void): Connection {
  let state: ConnectionState = 'connecting';
  return {
    state: () => state,
    contact(reachable) {
      const next = reachable ? 'online' : 'offline';
      if (next === state) return;
      state = next;
      onChange(next);
    },
  };
}
