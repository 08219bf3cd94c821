/**
 * The number of 15-minute units since 1970-01-01T00:00:00Z. Every window in the product begins and ends on such a boundary,
 * so interval algebra is exact integer arithmetic.
 */
export type Quarter = number;

export const minutesPerQuarter = 15;
const millisecondsPerQuarter = minutesPerQuarter * 60_000;

/** The quarter that begins at an RFC 3339 instant. Throws RangeError off a boundary or on a malformed instant. */
export function quarterOf(instant: string): Quarter {
  const quarter = Date.parse(instant) / millisecondsPerQuarter;
  if (!Number.isInteger(quarter)) {
    throw new RangeError('not an RFC 3339 instant on a 15-minute boundary');
  }
  return quarter;
}

/**
 * The quarter during which an RFC 3339 instant lies; a boundary belongs to the later one. Throws RangeError for any other
 * text.
 */
export function quarterDuring(instant: string): Quarter {
  const quarter = quarterAtMilliseconds(Date.parse(instant));
  if (Number.isNaN(quarter)) {
    throw new RangeError('not an RFC 3339 instant');
  }
  return quarter;
}

/** The quarter during which a moment lies, in milliseconds since 1970-01-01T00:00:00Z. */
export function quarterAtMilliseconds(milliseconds: number): Quarter {
  return Math.floor(milliseconds / millisecondsPerQuarter);
}

/** The instant at which a quarter begins, as RFC 3339 in UTC to the second: `2026-11-23T08:15:00Z`. */
export function instantOf(quarter: Quarter): string {
  return new Date(quarter * millisecondsPerQuarter).toISOString().replace('.000Z', 'Z');
}

/** Minutes as quarters. Throws RangeError unless they are a multiple of 15. */
export function quartersIn(minutes: number): number {
  const quarters = minutes / minutesPerQuarter;
  if (!Number.isInteger(quarters)) {
    throw new RangeError(`${minutes} minutes are not a multiple of 15`);
  }
  return quarters;
}
