import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../../builders/appointment-row.ts';
import type { Clinic } from '../../builders/clinic.ts';
import type { Attack, Target, Transaction } from './target.ts';

function wish(clinic: Clinic, overrides: Readonly<Record<string, unknown>>) {
  return {
    org_id: clinic.orgId,
    waitlist_entry_id: uuidv7(),
    site_id: clinic.siteId,
    patient_id: clinic.patients[0],
    service_id: clinic.services.room,
    windows: [`[${instantOf(clinic.opensAt)},${instantOf(clinic.opensAt + 4)})`],
    urgency: 'routine',
    ...overrides,
  };
}

/**
 * Raw SQL by which a double booking, a count that lies, a message about what was undone, a command that is done twice or a second
 * desk by one code would come about. The database must refuse every one.
 */
export function namedAttacksOn({ clinic, other, booked, cancelled, withdrawn, waiting }: Target) {
  const at = (offset: number) => instantOf(clinic.opensAt + offset);
  const slotOf = (sql: Transaction, offset: number) =>
    sql`org_id = ${clinic.orgId} and resource_id = ${clinic.providers[0] ?? ''} and starts_at = ${at(offset)}`;
  const rowOf = (sql: Transaction, row: { appointment_id: string }) =>
    sql`org_id = ${clinic.orgId} and appointment_id = ${row.appointment_id}`;

  const messageOf = (sql: Transaction, commandId: string) =>
    sql`org_id = ${clinic.orgId} and command_id = ${commandId}`;

  return {
    'insert an appointment over the same provider': (sql) =>
      insertRaw(
        sql,
        'appointments',
        appointmentRow(clinic, 9, { patient_id: clinic.patients[2], room_id: clinic.rooms[1] }),
      ),
    'insert an appointment over the same room': (sql) =>
      insertRaw(
        sql,
        'appointments',
        appointmentRow(clinic, 7, { patient_id: clinic.patients[2], provider_id: clinic.providers[1] }),
      ),
    'insert an appointment over the same patient': (sql) =>
      insertRaw(
        sql,
        'appointments',
        appointmentRow(clinic, 9, { provider_id: clinic.providers[1], room_id: clinic.rooms[1] }),
      ),
    'insert a checked-in appointment over a booked one': (sql) =>
      insertRaw(
        sql,
        'appointments',
        appointmentRow(clinic, 8, { status: 'checked-in', patient_id: clinic.patients[2] }),
      ),
    'insert an appointment with a buffer that reaches into a booked one': (sql) =>
      insertRaw(
        sql,
        'appointments',
        appointmentRow(clinic, 10, { patient_id: clinic.patients[2], buffer_before_minutes: 15 }),
      ),
    'name a visit on a free slot': (sql) =>
      sql`update holdfast.slots set appointment_ids = ${[booked.appointment_id]}::uuid[] where ${slotOf(sql, 40)}`,
    'name a visit on a free slot, and count it': (sql) =>
      sql`update holdfast.slots set booked_count = 1, appointment_ids = ${[booked.appointment_id]}::uuid[] where ${slotOf(sql, 40)}`,
    'name another visit on a booked slot': (sql) =>
      sql`update holdfast.slots set appointment_ids = ${[cancelled.appointment_id]}::uuid[] where ${slotOf(sql, 8)}`,
    'name nobody on a booked slot': (sql) =>
      sql`update holdfast.slots set appointment_ids = '{null}' where ${slotOf(sql, 8)}`,
    'take the name off a booked slot, and its count': (sql) =>
      sql`update holdfast.slots set booked_count = 0, appointment_ids = '{}' where ${slotOf(sql, 8)}`,
    'delete the claims of a patient': (sql) => sql`delete from holdfast.patient_claims where org_id = ${clinic.orgId}`,
    'truncate the claims of patients': (sql) => sql`truncate holdfast.patient_claims`,
    'truncate the slots': (sql) => sql`truncate holdfast.slots cascade`,
    'truncate the appointments': (sql) => sql`truncate holdfast.appointments cascade`,
    'claim past the capacity by a second appointment': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 8, { patient_id: clinic.patients[2], room_id: null })),
    'lower the count to make room': (sql) => sql`update holdfast.slots set booked_count = 0 where ${slotOf(sql, 8)}`,
    'raise the count without a visit': (sql) =>
      sql`update holdfast.slots set booked_count = booked_count + 1 where ${slotOf(sql, 40)}`,
    'lower the capacity below what is booked': (sql) =>
      sql`update holdfast.slots set capacity = 0 where ${slotOf(sql, 8)}`,
    'insert a slot that is booked already': (sql) =>
      sql`insert into holdfast.slots (org_id, resource_id, starts_at, resource_kind, site_id, booked_count, appointment_ids)
      values (${clinic.orgId}, ${clinic.providers[0] ?? ''}, ${at(400)}, 'provider', ${clinic.siteId}, 1, ${[booked.appointment_id]}::uuid[])`,
    'insert a slot off the boundary': (sql) =>
      sql`insert into holdfast.slots (org_id, resource_id, starts_at, resource_kind, site_id)
      values (${clinic.orgId}, ${clinic.providers[0] ?? ''}, ${at(400)}::timestamptz + interval '8 minutes', 'provider', ${clinic.siteId})`,
    'delete a booked slot': (sql) => sql`delete from holdfast.slots where ${slotOf(sql, 8)}`,
    'move a booked slot': (sql) => sql`update holdfast.slots set starts_at = ${at(400)} where ${slotOf(sql, 8)}`,
    'give a booked slot to another site': (sql) =>
      sql`update holdfast.slots set site_id = ${other.siteId} where ${slotOf(sql, 8)}`,
    'claim off the boundary': (sql) =>
      insertRaw(
        sql,
        'appointments',
        appointmentRow(clinic, 40, { starts_at: '2031-03-03T17:08:00Z', ends_at: '2031-03-03T17:38:00Z' }),
      ),
    'claim a slot that is not there': (sql) => insertRaw(sql, 'appointments', appointmentRow(clinic, 400)),
    'claim a closed slot': async (tx) => {
      await tx`update holdfast.slots set open = false where ${slotOf(tx, 41)}`;
      await insertRaw(tx, 'appointments', appointmentRow(clinic, 40, { patient_id: clinic.patients[2] }));
    },
    "move an appointment's window by the row alone": (sql) =>
      sql`update holdfast.appointments set starts_at = ${at(60)}, ends_at = ${at(62)} where ${rowOf(sql, booked)}`,
    "move an appointment's window onto taken slots": async (tx) => {
      const row = appointmentRow(clinic, 60, { patient_id: clinic.patients[2] });
      await insertRaw(tx, 'appointments', row);
      await tx`update holdfast.appointments set starts_at = ${at(9)}, ends_at = ${at(11)}, version = version + 1 where ${rowOf(tx, row)}`;
    },
    'give an appointment to a busy provider': async (tx) => {
      const row = appointmentRow(clinic, 8, {
        patient_id: clinic.patients[2],
        provider_id: clinic.providers[1],
        room_id: null,
      });
      await insertRaw(tx, 'appointments', row);
      await tx`update holdfast.appointments set provider_id = ${booked.provider_id ?? ''}, version = version + 1 where ${rowOf(tx, row)}`;
    },
    'lengthen an appointment into the next one': async (tx) => {
      const row = appointmentRow(clinic, 6, { patient_id: clinic.patients[2] });
      await insertRaw(tx, 'appointments', row);
      await tx`update holdfast.appointments set ends_at = ${at(9)}, version = version + 1 where ${rowOf(tx, row)}`;
    },
    'reactivate a cancelled appointment into taken slots': (sql) =>
      sql`update holdfast.appointments set status = 'booked', version = version + 1 where ${rowOf(sql, cancelled)}`,
    'change an appointment without raising its version': (sql) =>
      sql`update holdfast.appointments set status = 'arrived' where ${rowOf(sql, booked)}`,
    'rewrite the note of an appointment without raising its version': (sql) =>
      sql`update holdfast.appointments set note = 'x' where ${rowOf(sql, booked)}`,
    'change the patient inside a statement that changes the visit': async (tx) => {
      await tx`create function pg_temp.give_away(visit uuid, patient uuid) returns uuid language sql as
        'update holdfast.appointments set patient_id = patient, version = version + 1 where appointment_id = visit returning patient_id'`.simple();
      await tx`update holdfast.appointments set provider_id = ${clinic.providers[1] ?? ''}, room_id = null,
          starts_at = ${at(60)}, ends_at = ${at(62)}, version = version + 1
        where ${rowOf(tx, booked)} returning pg_temp.give_away(appointment_id, ${clinic.patients[3] ?? ''})`;
    },
    'forge the event that a change will have': async (tx) => {
      await tx`insert into holdfast.appointment_events (org_id, appointment_id, version, occurred_at, channel, action, status, site_id,
          starts_at, ends_at, provider_id)
        select org_id, appointment_id, version + 1, now(), 'desk', 'move', 'booked', site_id, starts_at, ends_at, provider_id
        from holdfast.appointments where ${rowOf(tx, booked)}`;
      await tx`update holdfast.appointments set status = 'noshow', version = version + 1 where ${rowOf(tx, booked)}`;
    },
    'delete an appointment': (sql) => sql`delete from holdfast.appointments where ${rowOf(sql, booked)}`,
    'book a provider of another organization': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { provider_id: other.providers[0] })),
    'book a room of another organization': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { room_id: other.rooms[0] })),
    'book a patient of another organization': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { patient_id: other.patients[0] })),
    'book a service of another organization': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { service_id: other.services.room })),
    'book at a site of another organization': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { site_id: other.siteId })),
    'move an appointment to another organization': (sql) =>
      sql`update holdfast.appointments set org_id = ${other.orgId}, version = version + 1 where ${rowOf(sql, booked)}`,
    'book a room in the place of a provider': (sql) =>
      insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { provider_id: clinic.rooms[1] })),
    'delete a service': (sql) =>
      sql`delete from holdfast.services where org_id = ${clinic.orgId} and service_id = ${clinic.services.plain}`,
    'give a service another id': (sql) =>
      sql`update holdfast.services set service_id = ${booked.appointment_id} where org_id = ${clinic.orgId} and service_id = ${clinic.services.plain}`,
    'remember what an appointment was cancelled from though it is not': (sql) =>
      sql`update holdfast.appointments set cancelled_from = 'booked', version = version + 1 where ${rowOf(sql, booked)}`,
    'send a message that was withdrawn': (sql) =>
      sql`update holdfast.outgoing_messages set sent_at = now(), withdrawn_at = null where ${messageOf(sql, withdrawn)}`,
    'send a message and withdraw it': (sql) =>
      sql`update holdfast.outgoing_messages set sent_at = now(), withdrawn_at = now() where ${messageOf(sql, waiting)}`,
    'tell a patient twice of one command': (sql) =>
      sql`insert into holdfast.outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
        select org_id, command_id, 'moved', appointment_id, patient_id from holdfast.outgoing_messages where ${messageOf(sql, waiting)}`,
    'forget a command of the last 180 days': (sql) =>
      sql`delete from holdfast.commands where ${messageOf(sql, waiting)}`,
    'use a pairing code again': (sql) =>
      sql`update holdfast.desk_pairings set used_at = null where org_id = ${clinic.orgId}`,
    'keep a wish for a patient of another organization': (sql) =>
      insertRaw(sql, 'waitlist_entries', wish(clinic, { patient_id: other.patients[0] })),
    'keep a wish at a site of another organization': (sql) =>
      insertRaw(sql, 'waitlist_entries', wish(clinic, { site_id: other.siteId })),
    'keep a wish for no time': (sql) => insertRaw(sql, 'waitlist_entries', wish(clinic, { windows: ['empty'] })),
    'rewrite what happened to a visit': (sql) =>
      sql`update holdfast.appointment_events set channel = 'desk' where ${rowOf(sql, booked)}`,
    'forget what happened to a visit': (sql) =>
      sql`delete from holdfast.appointment_events where ${rowOf(sql, booked)}`,
    'hold the slots of a booked visit for a part of it': (sql) =>
      sql`update holdfast.appointments set holds_until = ${at(9)}, version = version + 1 where ${rowOf(sql, booked)}`,
    'rewrite the audit trail': (sql) =>
      sql`update holdfast.audit_events set action = 'x' where org_id = ${clinic.orgId}`,
    'switch the triggers off for the session': async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update holdfast.slots set booked_count = 0, appointment_ids = '{}' where ${slotOf(tx, 8)}`;
    },
  } as const satisfies Record<string, Attack>;
}
