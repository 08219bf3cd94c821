import { isDeepStrictEqual } from 'node:util';

import type postgres from 'postgres';

import type { Appointment } from '../../../core/calendar/appointment.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { findInconsistencies } from '../../builders/inconsistencies.ts';
import { patientQuartersOf, slotsOf } from './calendar-model.ts';
import type { Judged } from './judge-run.ts';
import type { Run } from './run-plan.ts';

/** Promises that the organization's rows must keep: what was decided, by whom and how often. */
async function brokenRecords(admin: postgres.Sql, orgId: string): Promise<{ promise: string; found: string }[]> {
  return admin<{ promise: string; found: string }[]>`
    with history as (
      select appointment_id, count(*) as events from appointment_events where org_id = ${orgId} group by appointment_id
    ), recorded as (
      select command_id from audit_events where org_id = ${orgId}
      union all
      select command_id from appointment_events where org_id = ${orgId}
    ), feed as (
      select entity_id, count(*) as changes from changes
      where org_id = ${orgId} and entity = 'appointment' group by entity_id
    ), visits as (
      select * from appointments where org_id = ${orgId}
    ), due as (
      select patient_id, q as starts_at, appointment_id
      from visits, generate_series(starts_at, least(ends_at, holds_until) - interval '15 minutes', interval '15 minutes') q
      where status <> 'cancelled' and not patient_may_overlap
    )
    select 'a version is one change, and has one event' as promise, v.appointment_id || ' ' || v.version as found
      from visits v left join history h using (appointment_id)
      where v.version <> coalesce(h.events, 0)
    union all
    select 'a version is one change, fed once', v.appointment_id || ' ' || v.version
      from visits v left join feed f on f.entity_id = v.appointment_id
      where v.version <> coalesce(f.changes, 0)
    union all
    select 'a patient is claimed for every visit, and for no other', coalesce(d.appointment_id, c.appointment_id)::text
      from due d full join (select * from patient_claims where org_id = ${orgId}) c using (patient_id, starts_at)
      where d.appointment_id is distinct from c.appointment_id
    union all
    select 'what was done is done by a command that was accepted', e.command_id::text
      from recorded e left join (select * from commands where org_id = ${orgId}) c using (command_id)
      where c.verdict->>'kind' is distinct from 'done'
    union all
    select 'a command touches one visit, once', e.command_id::text
      from appointment_events e where e.org_id = ${orgId}
      group by e.command_id having count(*) > 1
    union all
    select 'the last event of a visit says where and how it stands', v.appointment_id::text
      from visits v left join appointment_events e using (org_id, appointment_id, version)
      where (e.status, e.site_id, e.starts_at, e.ends_at, e.provider_id, e.room_id, e.equipment_id)
        is distinct from (v.status, v.site_id, v.starts_at::timestamptz, v.ends_at::timestamptz, v.provider_id, v.room_id, v.equipment_id)
    union all
    select 'a command has a verdict', c.command_id::text
      from commands c where c.org_id = ${orgId} and c.verdict->>'kind' is null`;
}

interface Stored {
  readonly visits: readonly Appointment[];
  /** `<resource> <start> <seats> <taken>` */
  readonly slots: readonly string[];
  /** `<resource or patient> <start> <appointment>` */
  readonly claims: readonly string[];
  /** `<command> <verdict>` */
  readonly verdicts: readonly string[];
  /** `<command> <how many changes it is recorded with>` */
  readonly recorded: readonly string[];
  /** `<command> <kind> <appointment> <the undo that withdrew it>` */
  readonly messages: readonly string[];
}

const instant = (sql: postgres.Sql, column: string) =>
  sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

async function readStored(admin: postgres.Sql, orgId: string): Promise<Stored> {
  const lines = async (query: postgres.PendingQuery<{ line: string }[]>) => (await query).map(({ line }) => line);
  return {
    visits: await admin<Appointment[]>`
      select appointment_id as "appointmentId", site_id as "siteId", version, status, ${instant(admin, 'arrived_at')} as "arrivedAt",
        ${instant(admin, 'holds_until')} as "holdsUntil",
        patient_id as "patientId", service_id as "serviceId", provider_id as "providerId", room_id as "roomId",
        equipment_id as "equipmentId", ${instant(admin, 'starts_at')} as "scheduledStart",
        (extract(epoch from ends_at - starts_at) / 60)::integer as "durationMinutes",
        buffer_before_minutes as "bufferBeforeMinutes", buffer_after_minutes as "bufferAfterMinutes",
        patient_may_overlap as "patientMayOverlap"
      from appointments where org_id = ${orgId} order by appointment_id`,
    slots: await lines(admin`
      select concat_ws(' ', resource_id, ${instant(admin, 'starts_at')}, capacity, booked_count) as line
      from slots where org_id = ${orgId} and open`),
    claims: await lines(admin`
      select concat_ws(' ', resource_id, ${instant(admin, 'starts_at')}, holder) as line
      from slots, unnest(appointment_ids) holder where org_id = ${orgId}
      union all
      select concat_ws(' ', patient_id, ${instant(admin, 'starts_at')}, appointment_id)
      from patient_claims where org_id = ${orgId}`),
    verdicts: await lines(admin`
      select concat_ws(' ', command_id, verdict->>'kind') as line from commands where org_id = ${orgId}`),
    recorded: await lines(admin`
      select concat_ws(' ', command_id, count(*)) as line
      from (
        select command_id from audit_events where org_id = ${orgId}
        union all
        select command_id from appointment_events where org_id = ${orgId}) recorded
      group by command_id`),
    messages: await lines(admin`
      select concat_ws(' ', command_id, kind, appointment_id, withdrawn_by) as line from outgoing_messages
      where org_id = ${orgId} and sent_at is null and (withdrawn_at is null) = (withdrawn_by is null)`),
  };
}

/** The same rows by the model. */
function dueOf({ calendar, verdicts, changing }: Judged): Stored {
  const visits = [...calendar.visits.values()].toSorted((a, b) => (a.appointmentId < b.appointmentId ? -1 : 1));
  const taken = Map.groupBy(
    visits.flatMap((visit) => slotsOf(visit)),
    (slot) => slot,
  );
  return {
    visits,
    slots: [...calendar.seats].map(([slot, seats]) => `${slot} ${seats} ${taken.get(slot)?.length ?? 0}`),
    claims: visits.flatMap((visit) => [
      ...slotsOf(visit).map((slot) => `${slot} ${visit.appointmentId}`),
      ...patientQuartersOf(visit).map((quarter) => `${visit.patientId} ${instantOf(quarter)} ${visit.appointmentId}`),
    ]),
    verdicts: [...verdicts].map(([commandId, verdict]) => `${commandId} ${verdict}`),
    recorded: changing.map(({ typed: { type, command } }) => {
      const count = type === 'raise-capacity' ? new Set(command.body.slotStarts).size : 1;
      return `${command.commandId} ${count}`;
    }),
    messages: [...calendar.messages].map(([commandId, { kind, appointmentId, withdrawnBy }]) =>
      [commandId, kind, appointmentId, withdrawnBy ?? []].flat().join(' '),
    ),
  };
}

/** Rows that the database should not hold, and rows that it lacks: found by SQL of its own, and by the model. */
export async function inspectDatabase(admin: postgres.Sql, { clinic }: Run, judged: Judged): Promise<string[]> {
  const { orgId } = clinic;
  const broken = [...(await findInconsistencies(admin, orgId)), ...(await brokenRecords(admin, orgId))];
  const complaints = broken.map(({ promise, found }) => `broken promise: ${promise}: ${found}`);
  const stored = await readStored(admin, orgId);
  const due = dueOf(judged);
  for (const key of ['slots', 'claims', 'verdicts', 'recorded', 'messages'] as const) {
    const extra = stored[key].filter((line) => !due[key].includes(line));
    const missing = due[key].filter((line) => !stored[key].includes(line));
    const isSameCount = stored[key].length === due[key].length;
    if (extra.length > 0 || missing.length > 0 || !isSameCount) {
      complaints.push(`${key}: there are ${extra.join(', ')}; there should be ${missing.join(', ')}`);
    }
  }
  for (const [n, visit] of due.visits.entries()) {
    const found = stored.visits[n];
    if (!isDeepStrictEqual({ ...found }, visit)) {
      complaints.push(`there is ${JSON.stringify(found)}; there should be ${JSON.stringify(visit)}`);
    }
  }
  if (stored.visits.length !== due.visits.length) complaints.push(`there are ${stored.visits.length} visits`);
  return complaints;
}
