import { z } from 'zod';

/** The years of the calendar: those of the database's domain `quarter_hour`. Before 1972 zones had offsets off the quarter. */
const firstYear = 1972;
const lastYear = 2299;

const yearsOnly = `Give a time in the years ${firstYear} to ${lastYear}.`;

/**
 * Whether an RFC 3339 instant lies in these years, whatever its offset: a day at either end of them counts as outside,
 * because an offset may carry it over the boundary.
 */
function isWithin(instant: string, first: number, last: number): boolean {
  const date = instant.slice(0, 10);
  return date > `${first}-01-01` && date < `${last}-12-31`;
}

/** RFC 3339 allows any number of digits after the second; longer texts than this are no clock's. */
const maxInstantLength = 64;

const anyInstant = z.iso.datetime({ offset: true, abort: true }).max(maxInstantLength, { abort: true });

/** An RFC 3339 instant with offset, in the years of the calendar. */
export const instant = anyInstant.refine((text) => isWithin(text, firstYear, lastYear), { error: yearsOnly });

/** An RFC 3339 instant by the clock of a PC, which may be a hundred years off (`maxClockOffsetMilliseconds`). */
export const clockReading = anyInstant.refine((text) => isWithin(text, firstYear - 100, lastYear + 100), {
  error: 'This clock is more than a hundred years off. Set the clock of the PC.',
});

/** A calendar day in the site's zone, `2026-11-23`, in the years of the calendar. */
export const day = z.iso
  .date({ abort: true })
  .refine((text) => text >= `${firstYear}-01-01` && text <= `${lastYear}-12-31`, {
    error: `Give a day in the years ${firstYear} to ${lastYear}.`,
  });

/** A birth date, `1980-03-07`. Whether somebody can have been born then is a rule, and no matter of form. */
export const dayOfBirth = z.iso
  .date({
    abort: true,
    error: ({ input }) => (input === undefined ? undefined : 'Give the birth date as year, month and day: 1980-03-07.'),
  })
  .refine((text) => text >= '1800-01-01' && text <= `${lastYear}-12-31`, { error: 'Give a birth date from 1800 on.' });

/** A date as the database has it. Only answers have such dates: see `stored`. */
export const storedDay = z.iso.date();

const quarterHourPattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):(?:00|15|30|45):00(?:\.0{1,9})?(?:Z|[+-](?:0\d|1[0-4]):(?:00|15|30|45))$/;

/** The error for an input: "08:23 is not … The nearest are 08:15 and 08:30." where the input holds a time of day. */
function nearestBoundaries(input: unknown): string {
  const time = typeof input === 'string' ? /T([01]\d|2[0-3]):([0-5]\d)/.exec(input) : null;
  if (!time) {
    return 'Give an RFC 3339 instant with offset on a 15-minute boundary, such as 2026-11-23T08:15:00+01:00.';
  }
  const minutes = Number(time[1]) * 60 + Number(time[2]);
  const clock = (m: number) => `${String(Math.floor(m / 60) % 24).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
  const before = minutes - (minutes % 15);
  return `${time[1]}:${time[2]} is not a 15-minute boundary with whole seconds and offset. The nearest are ${clock(before)} and ${clock(before + 15)}.`;
}

/** An RFC 3339 instant on a 15-minute boundary. The error for any other instant names the two nearest boundaries. */
export const quarterHour = z
  .string()
  .regex(quarterHourPattern, { error: (issue) => nearestBoundaries(issue.input), abort: true })
  // Date.parse would take 30 February for 2 March.
  .refine((text) => anyInstant.safeParse(text).success, { error: 'There is no such date.', abort: true })
  .refine((text) => isWithin(text, firstYear, lastYear), { error: yearsOnly })
  .meta({
    description: 'RFC 3339 instant with offset, on a 15-minute boundary',
    examples: ['2026-11-23T08:15:00+01:00'],
  });
