import { addDays } from '../time/zoned.ts';

/** Days can be booked so far ahead. */
export const horizonDays = 56;
/** A server that starts with fewer bookable days ahead publishes more before it serves anybody. */
export const minHorizonDays = 49;

const daysInPart = 14;

/** Calendar days: `from` is the first, `until` the first that is left out. */
export interface DayRange {
  readonly from: string;
  readonly until: string;
}

/** The days that are to be bookable on `today`, in parts of two weeks, so that publishing one is a short transaction. */
export function horizonOf(today: string): DayRange[] {
  return Array.from({ length: horizonDays / daysInPart }, (_, part) => ({
    from: addDays(today, part * daysInPart),
    until: addDays(today, (part + 1) * daysInPart),
  }));
}
