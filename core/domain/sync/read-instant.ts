import { Temporal } from 'temporal-polyfill';

/** Temporal reads nanoseconds, and RFC 3339 allows any number of digits. */
const beyondNanoseconds = /(?<=\.\d{9})\d+/;

/** Reads an RFC 3339 instant; digits beyond the nanosecond are left out. */
export function readInstant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(beyondNanoseconds, ''));
}
