import type { connectionStates } from '../../../core/contract/desk/calls.ts';

type ConnectionState = (typeof connectionStates)[number];

export interface Connection {
  /** What the last request showed: the server spoke, be it to refuse, or nobody did. */
  contact(reachable: boolean): void;
}

/** Knows from every request whether the server is there, and says so when that changes. */
export function openConnection(onChange: (state: ConnectionState) => void): Connection {
  let state: ConnectionState = 'connecting';
  return {
    contact(reachable) {
      const next = reachable ? 'online' : 'offline';
      if (next === state) return;
      state = next;
      onChange(next);
    },
  };
}
