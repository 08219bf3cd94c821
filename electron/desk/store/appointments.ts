import type { Appointment } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf } from '../../../core/calendar/facts.ts';
import { keptInterval } from '../../../core/domain/bookings/claimed-slots.ts';
import { maxKeptQuarters } from '../../../core/domain/bookings/limits.ts';
import { holdingStatuses } from '../../../core/domain/statuses.ts';
import type { Interval } from '../../../core/domain/time/interval.ts';
import { quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { calendarWritten } from './kept-in-memory.ts';
import { prepared } from './prepared.ts';

/** For SQL: the statuses of visits that keep their slots. */
const holding = holdingStatuses.map((status) => `'${status}'`).join(', ');

/**
 * From where the desk knows a row: the feed's epoch, and the sortable position in that feed. `position` null: from the answer
 * to a command of this desk.
 */
export interface Provenance {
  readonly epoch: string;
  readonly position: string | null;
}

/** The interval for which a visit keeps its provider: buffers included, in quarters. */
export function keptStretch(appointment: Appointment): Interval {
  const facts = appointmentFactsOf(appointment);
  return keptInterval('provider', facts, facts);
}

/**
 * Writes a visit unless the store has the same or a later version of it. A row of another epoch always gives way. Returns
 * whether anything changed that a person can see.
 */
export function writeAppointment(
  store: Store,
  orgId: string,
  appointment: Appointment,
  { epoch, position }: Provenance,
): boolean {
  const known = prepared<[string, string], { version: number; epoch: string }>(
    store,
    'select version, epoch from appointments where org_id = ? and appointment_id = ?',
  ).get(orgId, appointment.appointmentId);
  const isSameHistory = known?.epoch === epoch;
  if (known && isSameHistory && known.version >= appointment.version) {
    if (known.version === appointment.version && position !== null) {
      prepared(
        store,
        `update appointments set position = max(coalesce(position, ''), ?) where org_id = ? and appointment_id = ?`,
      ).run(position, orgId, appointment.appointmentId);
    }
    return false;
  }
  put(store, orgId, appointment, { epoch, position });
  return true;
}

/** Writes many visits of one snapshot as `writeAppointment` does; faster, and without telling what changed. */
export function writeAppointments(
  store: Store,
  orgId: string,
  appointments: readonly Appointment[],
  provenance: Provenance,
): void {
  for (const appointment of appointments) put(store, orgId, appointment, provenance);
}

function put(store: Store, orgId: string, appointment: Appointment, { epoch, position }: Provenance): void {
  const { start, end } = keptStretch(appointment);
  calendarWritten(store);
  prepared(
    store,
    `insert into appointments (org_id, appointment_id, version, site_id, starts_at, ends_at, status, patient_id,
       appointment, epoch, position) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (org_id, appointment_id) do update set version = excluded.version, site_id = excluded.site_id,
       starts_at = excluded.starts_at, ends_at = excluded.ends_at, status = excluded.status,
       patient_id = excluded.patient_id, appointment = excluded.appointment, epoch = excluded.epoch,
       position = excluded.position
     where excluded.epoch <> epoch or excluded.version > version
       or (excluded.version = version and excluded.position > coalesce(position, ''))`,
  ).run(
    orgId,
    appointment.appointmentId,
    appointment.version,
    appointment.siteId,
    start,
    end,
    appointment.status,
    appointment.patientId,
    JSON.stringify(appointment),
    epoch,
    position,
  );
}

export function loadAppointment(store: Store, orgId: string, appointmentId: string): Appointment | null {
  const row = prepared<[string, string], { appointment: string }>(
    store,
    'select appointment from appointments where org_id = ? and appointment_id = ?',
  ).get(orgId, appointmentId);
  return row ? (JSON.parse(row.appointment) as Appointment) : null;
}

export interface Stretch {
  readonly siteId: string;
  /** In quarters since 1970; `end` does not belong to the stretch. */
  readonly start: number;
  readonly end: number;
}

/** The visits of a site that hold slots and touch a stretch with their buffers, in the server's order: by start, then by id. */
export function loadAppointments(store: Store, orgId: string, { siteId, start, end }: Stretch): Appointment[] {
  const texts = prepared<unknown[], string>(
    store,
    `select appointment from appointments
     where org_id = ? and site_id = ? and starts_at > ? and starts_at < ? and ends_at > ?
       and status in (${holding})`,
  )
    .pluck()
    .all(orgId, siteId, start - maxKeptQuarters, end, start);
  const appointments = JSON.parse(`[${texts.join(',')}]`) as Appointment[];
  return appointments.toSorted(
    (a, b) => quarterOf(a.scheduledStart) - quarterOf(b.scheduledStart) || (a.appointmentId < b.appointmentId ? -1 : 1),
  );
}

/**
 * Deletes the visits of a stretch that a snapshot of it does not have. Visits that the desk knows from a later position than
 * the snapshot's stay, and so do those that it knows only from the answer to its own command. Visits of another epoch go.
 */
export function removeVanished(
  store: Store,
  orgId: string,
  { siteId, start, end }: Stretch,
  snapshot: { readonly epoch: string; readonly position: string; readonly appointmentIds: readonly string[] },
): void {
  calendarWritten(store);
  prepared(
    store,
    `delete from appointments
     where org_id = ? and site_id = ? and starts_at > ? and starts_at < ? and ends_at > ?
       and status in (${holding})
       and (epoch <> ? or position <= ?)
       and appointment_id not in (select value from json_each(?))`,
  ).run(
    orgId,
    siteId,
    start - maxKeptQuarters,
    end,
    start,
    snapshot.epoch,
    snapshot.position,
    JSON.stringify(snapshot.appointmentIds),
  );
}

/** The stretches of the visits of a patient that the store has. */
export function loadVisitsOf(store: Store, orgId: string, patientId: string): Stretch[] {
  return prepared<[string, string], Stretch>(
    store,
    `select site_id as "siteId", starts_at as start, ends_at as "end" from appointments where org_id = ? and patient_id = ?`,
  ).all(orgId, patientId);
}
