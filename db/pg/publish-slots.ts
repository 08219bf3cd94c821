import type { DayRange } from '../../core/domain/roster/horizon.ts';
import { slotsOfShift, type Shift } from '../../core/domain/roster/slots-of-shift.ts';
import type { Interval } from '../../core/domain/time/interval.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { addDays, weekdayOf } from '../../core/domain/time/zoned.ts';
import type { Transaction } from './pool.ts';

/** A shift of one resource, with the zone of its site, in which its times and dates are meant. */
export interface RosteredShift extends Shift {
  readonly shiftId: string;
  readonly resourceId: string;
  readonly timeZone: string;
}

/** What a shift opens on one day. */
export interface ShiftStretch<S extends RosteredShift> extends Interval {
  readonly shift: S;
}

/** The stretches that shifts open on the days of the range, day by day. */
export function stretchesOfShifts<S extends RosteredShift>(
  shifts: readonly S[],
  { from, until }: DayRange,
): ShiftStretch<S>[] {
  const ofWeekday = Map.groupBy(shifts, (shift) => shift.weekday);
  const stretches: ShiftStretch<S>[] = [];
  for (let date = from; date < until; date = addDays(date, 1)) {
    // All rooms of a site keep the same hours, and finding an instant in a zone costs 60 µs.
    const ofHours = new Map<string, Interval | null>();
    for (const shift of ofWeekday.get(weekdayOf(date)) ?? []) {
      const { timeZone, startsAtLocal, endsAtLocal, validFrom, validUntil } = shift;
      const hours = [timeZone, startsAtLocal, endsAtLocal, validFrom, validUntil].join(' ');
      let interval = ofHours.get(hours);
      if (interval === undefined) {
        interval = slotsOfShift(shift, date, timeZone);
        ofHours.set(hours, interval);
      }
      if (interval) stretches.push({ shift, ...interval });
    }
  }
  return stretches;
}

/**
 * Publishes the slots of an organization's shifts for a range of days, in each site's zone; returns how many are new.
 * Idempotent: a slot that exists stays as it is. Where two sites' shifts of one provider overlap, one of them has the
 * slot. Sets the transaction's organization, by which the views show the shifts.
 */
export async function publishSlots(
  tx: Transaction,
  { orgId, from, until }: DayRange & { orgId: string },
): Promise<number> {
  await tx`select set_config('holdfast.org_id', ${orgId}, true)`;
  const shifts = await tx<RosteredShift[]>`
    select h.shift_id as "shiftId", h.resource_id as "resourceId", t.time_zone as "timeZone",
      h.weekday, to_char(h.starts_at_local, 'HH24:MI') as "startsAtLocal", to_char(h.ends_at_local, 'HH24:MI') as "endsAtLocal",
      h.valid_from::text as "validFrom", h.valid_until::text as "validUntil"
    from holdfast_read.shifts h
      join holdfast_read.sites t using (org_id, site_id)
      join holdfast_read.resources r using (org_id, resource_id)
    where h.org_id = ${orgId} and r.active and h.valid_from < ${until}::date
      and (h.valid_until is null or h.valid_until >= ${from}::date)`;
  const stretches = stretchesOfShifts(shifts, { from, until });
  const [published] = await tx<{ count: number }[]>`
    select holdfast_api.publish_slots(${orgId}, ${stretches.map(({ shift }) => shift.shiftId)}::uuid[],
      ${stretches.map(({ start }) => instantOf(start))}::timestamptz[],
      ${stretches.map(({ end }) => instantOf(end))}::timestamptz[]) as count`;
  return published?.count ?? 0;
}
