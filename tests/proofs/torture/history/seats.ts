import type { SequentialModel } from './linearizable.ts';

/** What can happen to the seats of one slot. `seen`: a client was refused because of this holder. */
export interface SeatInput {
  readonly kind: 'take' | 'leave' | 'seen';
  /** The appointment. */
  readonly by: string;
}

/** The seats of one slot: at most one appointment for each seat, and each appointment once. */
export function seatsOf(capacity: number): SequentialModel<readonly string[], SeatInput> {
  return {
    initial: [],
    apply(holders, { kind, by }) {
      const isHere = holders.includes(by);
      if (kind === 'take') return !isHere && holders.length < capacity ? [...holders, by].toSorted() : null;
      if (!isHere) return null;
      return kind === 'leave' ? holders.filter((holder) => holder !== by) : holders;
    },
    keyOf: (holders) => holders.join(' '),
  };
}
