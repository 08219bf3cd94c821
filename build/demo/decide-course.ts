import type { AppointmentStatus } from '../../core/domain/statuses.ts';
import type { Interval } from '../../core/domain/time/interval.ts';
import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import type { Random } from './seeded-random.ts';

/** How far a visit has come at `now`. Instants in milliseconds since 1970, none of them after `now`. */
export interface Course {
  readonly status: AppointmentStatus;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly arrivedAt: number | null;
  readonly cancelReason: string | null;
}

/** One step of a course: what was done, when, and the status after it. The n-th step made version n. */
export interface Step {
  readonly action: string;
  readonly status: AppointmentStatus;
  readonly at: number;
}

const actions: Partial<Readonly<Record<AppointmentStatus, string>>> = {
  arrived: 'arrive',
  'checked-in': 'check-in',
  fulfilled: 'fulfil',
  noshow: 'no-show',
  cancelled: 'cancel',
};

/** The steps by which a visit came to where it is, in order. */
export function stepsOf({ status, version, createdAt, updatedAt, arrivedAt }: Course): Step[] {
  const steps: Step[] = [{ action: 'book', status: 'booked', at: createdAt }];
  if (version > 2 && arrivedAt !== null) steps.push({ action: 'check-in', status: 'checked-in', at: arrivedAt });
  if (version > 1) steps.push({ action: actions[status] ?? 'update', status, at: updatedAt });
  return steps;
}

const minute = 60_000;
const day = 24 * 60 * minute;

const cancelReasons = [
  'Patient is unwell',
  'Found an earlier date',
  'No longer needed',
  'Travelling',
  'Work',
  'Provider ill',
];

const startOf = (visit: Interval) => visit.start * minutesPerQuarter * minute;
const endOf = (visit: Interval) => visit.end * minutesPerQuarter * minute;

/** Most visits are booked days or weeks ahead, some on the same day. */
function decideCreation(random: Random, visit: Interval, now: number): number {
  const before = Math.min(startOf(visit), now);
  const lead = random.chance(0.15) ? random.whole(20, 300) * minute : random.next() ** 2 * 45 * day + 2 * 60 * minute;
  return before - Math.round(lead);
}

/** The course of a visit that was cancelled or, rarely, entered in error. */
export function decideCancelledCourse(random: Random, visit: Interval, now: number): Course {
  const createdAt = decideCreation(random, visit, now);
  const latest = Math.min(startOf(visit), now);
  const mistake = random.chance(0.04);
  return {
    status: mistake ? 'entered-in-error' : 'cancelled',
    version: 2,
    createdAt,
    updatedAt: Math.round(createdAt + random.next() * (latest - createdAt)),
    arrivedAt: null,
    cancelReason: mistake ? null : random.pick(cancelReasons),
  };
}

/** The course of a visit that keeps its slots: done, missed, under way, waiting in the lobby or still to come. */
export function decideCourse(random: Random, visit: Interval, now: number): Course {
  const createdAt = decideCreation(random, visit, now);
  const start = startOf(visit);
  const end = endOf(visit);
  const booked: Course = {
    status: 'booked',
    version: 1,
    createdAt,
    updatedAt: createdAt,
    arrivedAt: null,
    cancelReason: null,
  };
  const arrive = (status: 'arrived' | 'checked-in', arrivedAt: number): Course => {
    const at = Math.max(createdAt, Math.min(arrivedAt, now - minute));
    return { ...booked, status, version: 2, updatedAt: at, arrivedAt: at };
  };
  const usually = start - random.whole(-4, 20) * minute;

  if (end <= now) {
    // Some visits end late.
    if (end > now - 30 * minute && random.chance(0.3)) return arrive('checked-in', usually);
    if (random.chance(0.06))
      return { ...booked, status: 'noshow', version: 2, updatedAt: Math.min(end, start + 20 * minute) };
    return { ...arrive('checked-in', usually), status: 'fulfilled', version: 3, updatedAt: end };
  }
  if (start <= now) {
    if (random.chance(0.12)) return booked;
    return arrive(random.chance(0.25) ? 'arrived' : 'checked-in', usually);
  }
  if (start <= now + 40 * minute && random.chance(0.4)) {
    return arrive(random.chance(0.4) ? 'arrived' : 'checked-in', now - random.whole(1, 18) * minute);
  }
  return booked;
}
