import type postgres from 'postgres';

import type { Appointment, Patient } from '../../../../core/calendar/appointment.ts';
import { findInconsistencies } from '../../../builders/inconsistencies.ts';

/** A row of `commands`: the server's verdict in the database. */
export interface DecidedCommand {
  readonly commandId: string;
  readonly type: string;
  readonly deskId: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly appointment: Appointment | null;
  readonly blockers: readonly {
    readonly reason: string;
    readonly resourceId?: string;
    readonly appointmentId?: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly patientId: string | null;
  /** Microseconds since 1970, by the database's clock. */
  readonly decidedAt: number;
  /** How many changes of an appointment are recorded with the command. */
  readonly changes: number;
}

export interface SlotTruth {
  readonly resourceId: string;
  readonly quarter: number;
  readonly capacity: number;
}

export interface Truth {
  readonly commands: ReadonlyMap<string, DecidedCommand>;
  readonly appointments: readonly Appointment[];
  readonly patients: readonly Patient[];
  readonly slots: readonly SlotTruth[];
  /** Promises that the database breaks by itself, whatever the desks were told. */
  readonly broken: readonly string[];
}

/** Reads what the database holds at the end, by statements that share nothing with the server's. */
export async function loadTruth(admin: postgres.Sql, orgId: string): Promise<Truth> {
  const instant = (column: string) => admin`to_char(${admin(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  const commands = await admin<DecidedCommand[]>`
    with changed as (
      select command_id, count(*)::integer as changes from appointment_events
      where org_id = ${orgId} group by command_id
    )
    select command_id as "commandId", command_type as type, desk_id as "deskId", coalesce(verdict->>'kind', '') as kind,
      verdict->>'reason' as reason, verdict->'appointment' as appointment,
      coalesce(verdict->'blockers', '[]') as blockers, verdict->'request'->>'patientId' as "patientId",
      (extract(epoch from decided_at) * 1000000)::float8 as "decidedAt", coalesce(changes, 0) as changes
    from commands left join changed using (command_id) where org_id = ${orgId}`;
  const appointments = await admin<Appointment[]>`
    select appointment_id as "appointmentId", site_id as "siteId", version, status, ${instant('arrived_at')} as "arrivedAt",
      ${instant('holds_until')} as "holdsUntil",
      patient_id as "patientId", service_id as "serviceId", provider_id as "providerId", room_id as "roomId",
      equipment_id as "equipmentId", ${instant('starts_at')} as "scheduledStart",
      (extract(epoch from ends_at - starts_at) / 60)::integer as "durationMinutes",
      buffer_before_minutes as "bufferBeforeMinutes", buffer_after_minutes as "bufferAfterMinutes",
      patient_may_overlap as "patientMayOverlap"
    from appointments where org_id = ${orgId}`;
  const patients = await admin<Patient[]>`
    select patient_id as "patientId", display_name as "displayName", birth_date::text as "birthDate", phone, alert
    from patients where org_id = ${orgId}`;
  const slots = await admin<SlotTruth[]>`
    select resource_id as "resourceId", (extract(epoch from starts_at) / 900)::integer as quarter, capacity::integer as capacity
    from slots where org_id = ${orgId} and open`;
  const broken = [...(await findInconsistencies(admin, orgId)), ...(await brokenRecords(admin, orgId))];
  return {
    commands: new Map(commands.map((command) => [command.commandId, command])),
    appointments,
    patients,
    slots,
    broken: broken.map(({ promise, found }) => `${promise}: ${found}`),
  };
}

/** Looks for commands with other than one recorded effect, and for effects without an accepted command. */
async function brokenRecords(admin: postgres.Sql, orgId: string): Promise<{ promise: string; found: string }[]> {
  return admin<{ promise: string; found: string }[]>`
    with recorded as (
      select appointment_id, count(*) as events from appointment_events where org_id = ${orgId} group by appointment_id
    ), fed as (
      select entity_id, count(*) as changes from changes where org_id = ${orgId} and entity = 'appointment' group by entity_id
    ), visits as (
      select * from appointments where org_id = ${orgId}
    )
    select 'each version of a visit has one event' as promise, v.appointment_id || ' version ' || v.version as found
      from visits v left join recorded a using (appointment_id) where v.version <> coalesce(a.events, 0)
    union all
    select 'each version of a visit is one change in the feed', v.appointment_id || ' version ' || v.version
      from visits v left join fed f on f.entity_id = v.appointment_id where v.version <> coalesce(f.changes, 0)
    union all
    select 'a command changes one visit, once', e.command_id::text
      from appointment_events e where e.org_id = ${orgId} group by e.command_id having count(*) > 1
    union all
    select 'what was done is done by a command that was accepted', e.command_id::text
      from (
        select org_id, command_id from audit_events union all select org_id, command_id from appointment_events) e
        left join commands c using (org_id, command_id)
      where e.org_id = ${orgId} and e.command_id is not null and c.verdict->>'kind' is distinct from 'done'
    union all
    select 'a patient is registered by one command', e.entity_id::text
      from audit_events e where e.org_id = ${orgId} and e.entity = 'patient' group by e.entity_id having count(*) > 1
    union all
    select 'the feed numbers no two changes alike', c.seq::text
      from changes c where c.org_id = ${orgId} group by c.seq having count(*) > 1`;
}
