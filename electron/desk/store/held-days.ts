import type { DayView } from '../../../core/calendar/calendar.ts';
import { writeCursor, type FeedPosition } from '../../../core/domain/sync/feed-position.ts';
import { quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadAppointments } from './appointments.ts';
import { calendarWritten, rememberedFromCalendar } from './kept-in-memory.ts';
import { loadPatients } from './patients.ts';
import { prepared } from './prepared.ts';
import { positionOf, sortableOf } from './sortable-position.ts';

type Frame = Omit<DayView, 'appointments' | 'patients' | 'cursor'>;

export interface HeldDay {
  readonly view: DayView;
  /** Instants, RFC 3339 in UTC. */
  readonly confirmedAt: string;
  readonly lookedAt: string;
  /** How often the day was found to be no longer as it was read. 0: the feed keeps the day current. */
  readonly stale: number;
  readonly withPatients: boolean;
}

/** A held day's place in the calendar; `start` and `end` in quarters since 1970, without the end. */
export interface HeldStretch {
  readonly siteId: string;
  readonly timeZone: string;
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly stale: number;
  readonly withPatients: boolean;
}

interface Row {
  readonly starts_at: number;
  readonly ends_at: number;
  readonly frame: string;
  readonly epoch: string;
  readonly position: string;
  readonly confirmed_at: string;
  readonly looked_at: string;
  readonly with_patients: number;
  readonly stale: number;
}

/** A day as the desk holds it. Null: the day was never read, or was pruned. The object is shared: do not change it. */
export function loadHeldDay(store: Store, orgId: string, siteId: string, date: string): HeldDay | null {
  return rememberedFromCalendar(store, `${orgId} ${siteId} ${date}`, () => readHeldDay(store, orgId, siteId, date));
}

function readHeldDay(store: Store, orgId: string, siteId: string, date: string): HeldDay | null {
  const row = prepared<[string, string, string], Row>(
    store,
    `select starts_at, ends_at, frame, epoch, position, confirmed_at, looked_at, with_patients, stale
     from held_days where org_id = ? and site_id = ? and date = ?`,
  ).get(orgId, siteId, date);
  if (!row) return null;
  const appointments = loadAppointments(store, orgId, { siteId, start: row.starts_at, end: row.ends_at });
  const named = new Set(appointments.flatMap(({ patientId }) => patientId ?? []));
  const view = {
    ...(JSON.parse(row.frame) as Frame),
    appointments,
    patients: loadPatients(store, orgId, [...named]),
    cursor: writeCursor(positionOf(row.epoch, row.position)),
  };
  return {
    view,
    confirmedAt: row.confirmed_at,
    lookedAt: row.looked_at,
    stale: row.stale,
    withPatients: row.with_patients === 1,
  };
}

/** The date of the held day of a site that contains a quarter, or null. */
export function findHeldDate(store: Store, orgId: string, siteId: string, quarter: number): string | null {
  return (
    (prepared(store, 'select date from held_days where org_id = ? and site_id = ? and starts_at <= ? and ends_at > ?')
      .pluck()
      .get(orgId, siteId, quarter, quarter) as string | undefined) ?? null
  );
}

/** Every held day of an organization, in order of time. */
export function loadHeldStretches(store: Store, orgId: string): HeldStretch[] {
  const rows = prepared<
    [string],
    Pick<Row, 'starts_at' | 'ends_at' | 'stale' | 'with_patients'> & {
      site_id: string;
      date: string;
      time_zone: string;
    }
  >(
    store,
    `select site_id, date, starts_at, ends_at, stale, with_patients, time_zone
     from held_days where org_id = ? order by starts_at`,
  ).all(orgId);
  return rows.map((row) => ({
    siteId: row.site_id,
    timeZone: row.time_zone,
    date: row.date,
    start: row.starts_at,
    end: row.ends_at,
    stale: row.stale,
    withPatients: row.with_patients === 1,
  }));
}

export interface Keeping {
  readonly position: FeedPosition;
  readonly confirmedAt: string;
  readonly withPatients: boolean;
  /** The day's `stale` when the server was asked: a day that went stale after that stays stale. */
  readonly staleBefore: number;
}

/** Holds a day: writes its frame. Its visits and patients must be in the store already. */
export function writeFrame(store: Store, orgId: string, view: DayView, keeping: Keeping): void {
  calendarWritten(store);
  const { appointments: _, patients: __, cursor: ___, ...frame } = view;
  const { position, confirmedAt, withPatients, staleBefore } = keeping;
  prepared(
    store,
    `insert into held_days (org_id, site_id, date, starts_at, ends_at, time_zone, frame, epoch, position, confirmed_at,
       looked_at, with_patients)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (org_id, site_id, date) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone,
       frame = excluded.frame, epoch = excluded.epoch, position = excluded.position,
       confirmed_at = excluded.confirmed_at, with_patients = excluded.with_patients,
       stale = iif(stale = ?, 0, stale)`,
  ).run(
    orgId,
    view.site.siteId,
    view.date,
    quarterOf(view.startsAt),
    quarterOf(view.endsAt),
    view.site.timeZone,
    JSON.stringify(frame satisfies Frame),
    position.epoch,
    sortableOf(position),
    confirmedAt,
    confirmedAt,
    withPatients ? 1 : 0,
    staleBefore,
  );
}

/** Notes that a person looked at a day; `lookedAt` is RFC 3339 in UTC. */
export function touchDay(store: Store, orgId: string, siteId: string, date: string, lookedAt: string): void {
  calendarWritten(store);
  prepared(store, 'update held_days set looked_at = ? where org_id = ? and site_id = ? and date = ?').run(
    lookedAt,
    orgId,
    siteId,
    date,
  );
}
