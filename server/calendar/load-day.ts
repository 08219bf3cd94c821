import type { Appointment, Patient } from '../../core/contract/appointment.ts';
import type { DayView, OpenRun, Resource, Service, Site } from '../../core/contract/calendar.ts';
import type { Interval } from '../../core/domain/interval.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { dayBounds } from '../../core/domain/time/zoned.ts';
import type { Pool, Transaction } from '../../db/pg/pool.ts';
import { withSnapshot } from '../../db/pg/with-snapshot.ts';
import { problem, ProblemError } from '../http/problems.ts';
import { loadFeedHead, positionAt, writeCursor } from './feed-position.ts';

interface Scope {
  readonly orgId: string;
  readonly siteId: string;
  /** Site-local, `2026-11-23`. */
  readonly date: string;
  /** RFC 3339 in UTC: the day's own bounds. */
  readonly from: string;
  readonly until: string;
}

/**
 * One day of one site, from one snapshot: the appointments that hold slots and touch the day with their buffers, the open
 * runs, the resources that are there, the services, and the patients for those who may see them. Throws the 404 for an
 * unknown site and for a day that the site's zone never had.
 */
export async function loadDay(
  pool: Pool,
  { orgId, siteId, date, withPatients }: { orgId: string; siteId: string; date: string; withPatients: boolean },
): Promise<DayView> {
  return withSnapshot(pool, orgId, async (tx) => {
    const [site] = await tx<Site[]>`
      select site_id as "siteId", name, time_zone as "timeZone" from sites where org_id = ${orgId} and site_id = ${siteId}`;
    if (!site) throw new ProblemError(problem('not-found', 'There is no such site in your organization.', null));
    const bounds = mustDayBounds(date, site.timeZone);
    const scope = { orgId, siteId, date, from: instantOf(bounds.start), until: instantOf(bounds.end) };
    const [appointments, openRuns, head] = await Promise.all([
      loadAppointments(tx, scope),
      loadOpenRuns(tx, scope),
      loadFeedHead(tx, orgId),
    ]);
    const [resources, services, patients] = await Promise.all([
      loadResources(tx, scope, appointments, openRuns),
      loadServices(tx, scope, appointments),
      withPatients ? loadPatients(tx, scope, appointments) : [],
    ]);
    return {
      site,
      date,
      startsAt: scope.from,
      endsAt: scope.until,
      resources: [...resources],
      services: [...services],
      openRuns: [...openRuns],
      appointments,
      patients: [...patients],
      cursor: writeCursor(positionAt(head)),
    };
  });
}

function mustDayBounds(date: string, timeZone: string): Interval {
  try {
    // Zones have had offsets off the quarter hour before 1972, and Temporal's calendar ends before PostgreSQL's does.
    if (date < '1972' || date >= '2300') throw new RangeError('not a day of the calendar');
    return dayBounds(date, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError(
      problem('not-found', `There is no day ${date} at this site. Choose one from 1972 to 2299.`, null),
    );
  }
}

/** An appointment lasts 12 hours at most and has buffers of 2, so an index range on its start finds all that touch. */
async function loadAppointments(tx: Transaction, { orgId, siteId, from, until }: Scope): Promise<Appointment[]> {
  const rows = await tx<{ appointment: Appointment }[]>`
    select appointment_json(a) as appointment from appointments a
    where a.org_id = ${orgId} and a.site_id = ${siteId}
      and a.starts_at > ${from}::timestamptz - interval '14 hours' and a.starts_at < ${until}::timestamptz + interval '2 hours'
      and a.starts_at - make_interval(mins => a.buffer_before_minutes) < ${until}
      and a.ends_at + make_interval(mins => a.buffer_after_minutes) > ${from}
      and holds_claims(a.status)
    order by a.starts_at, a.appointment_id`;
  return rows.map((row) => row.appointment);
}

/** Through the resources: the slots' key leads with them, and every swap would pay for an index by site. */
function loadOpenRuns(tx: Transaction, { orgId, siteId, from, until }: Scope) {
  return tx<OpenRun[]>`
    select resource_id as "resourceId", rfc3339(min(starts_at)) as "startsAt",
      rfc3339(max(starts_at) + interval '15 minutes') as "endsAt", capacity
    from (
      select s.resource_id, s.capacity, s.starts_at,
        s.starts_at - interval '15 minutes' * row_number() over (partition by s.resource_id, s.capacity order by s.starts_at)
          as island
      from resources r
      join slots s on s.org_id = r.org_id and s.resource_id = r.resource_id
      where r.org_id = ${orgId} and r.active and (r.site_id = ${siteId} or r.site_id is null)
        and s.starts_at >= ${from} and s.starts_at < ${until} and s.open and s.site_id = ${siteId}
    ) numbered
    group by resource_id, capacity, island
    order by resource_id, min(starts_at)`;
}

/**
 * The site's rooms and equipment, the providers who have a shift or an open slot there that day, and whatever an
 * appointment of the day takes, even if it has been retired since.
 */
function loadResources(
  tx: Transaction,
  { orgId, siteId, date }: Scope,
  appointments: readonly Appointment[],
  openRuns: readonly OpenRun[],
) {
  const named = new Set(openRuns.map((run) => run.resourceId));
  for (const { providerId, roomId, equipmentId } of appointments) {
    for (const resourceId of [providerId, roomId, equipmentId]) if (resourceId !== null) named.add(resourceId);
  }
  return tx<Resource[]>`
    select resource_id as "resourceId", kind, name, site_id as "siteId", room_features as "roomFeatures",
      equipment_type as "equipmentType"
    from resources r
    where r.org_id = ${orgId} and (
      r.resource_id = any (${[...named]}::uuid[])
      or (r.active and r.site_id = ${siteId})
      or (r.active and exists (
        select from shifts h
        where h.org_id = r.org_id and h.resource_id = r.resource_id and h.site_id = ${siteId}
          and h.weekday = extract(isodow from ${date}::date)
          and h.valid_from <= ${date} and (h.valid_until is null or h.valid_until >= ${date}))))
    order by array_position(array['provider', 'room', 'equipment'], kind), name, resource_id`;
}

function loadServices(tx: Transaction, { orgId }: Scope, appointments: readonly Appointment[]) {
  const named = [...new Set(appointments.map((appointment) => appointment.serviceId))];
  return tx<Service[]>`
    select service_id as "serviceId", name, duration_minutes as "durationMinutes",
      buffer_before_minutes as "bufferBeforeMinutes", buffer_after_minutes as "bufferAfterMinutes",
      needs_room as "needsRoom", room_feature as "roomFeature", equipment_type as "equipmentType",
      patient_may_overlap as "patientMayOverlap",
      coalesce((select array_agg(p.provider_id order by p.provider_id) from service_providers p
                where p.org_id = s.org_id and p.service_id = s.service_id), '{}') as "providerIds"
    from services s
    where s.org_id = ${orgId} and (s.active or s.service_id = any (${named}::uuid[]))
    order by name, service_id`;
}

function loadPatients(tx: Transaction, { orgId }: Scope, appointments: readonly Appointment[]) {
  const named = [...new Set(appointments.flatMap(({ patientId }) => patientId ?? []))];
  return tx<Patient[]>`
    select patient_id as "patientId", display_name as "displayName", birth_date as "birthDate", phone, alert
    from patients where org_id = ${orgId} and patient_id = any (${named}::uuid[]) order by patient_id`;
}
