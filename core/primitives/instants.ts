import { z } from 'zod';

/** An RFC 3339 instant with offset. */
export const instant = z.iso.datetime({ offset: true });

/** A calendar day in the site's zone, `2026-11-23`. */
export const day = z.iso.date();

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
  .refine((text) => instant.safeParse(text).success, { error: 'There is no such date.' })
  .meta({
    description: 'RFC 3339 instant with offset, on a 15-minute boundary',
    examples: ['2026-11-23T08:15:00+01:00'],
  });
