import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../../builders/appointment-row.ts';
import { makeClinic, type Clinic } from '../../builders/clinic.ts';

/** A connection inside a transaction, which the attack breaks when it is refused. */
export type Transaction = postgres.TransactionSql;
export type Attack = (tx: Transaction) => Promise<unknown>;

/**
 * What is attacked: two clinics, and in the first a row of every table. A visit is booked from quarter 8, a cancelled one
 * lies over it from quarter 9. Of two messages about the first, one was withdrawn and one waits.
 */
export interface Target {
  readonly clinic: Clinic;
  readonly other: Clinic;
  readonly booked: ReturnType<typeof appointmentRow>;
  readonly cancelled: ReturnType<typeof appointmentRow>;
  readonly withdrawn: string;
  readonly waiting: string;
}

/** The tables of the schema, by the constraint that is their key. */
export const keysOfTables = {
  organizations: 'organizations_pkey',
  sites: 'sites_pkey',
  users: 'users_pkey',
  sessions: 'sessions_pkey',
  resources: 'resources_pkey',
  services: 'services_pkey',
  service_providers: 'service_providers_pkey',
  shifts: 'shifts_pkey',
  patients: 'patients_pkey',
  slots: 'slots_pkey',
  appointments: 'appointments_pkey',
  patient_claims: 'patient_claims_one_visit_at_a_time',
  commands: 'commands_pkey',
  changes: 'changes_pkey',
  audit_events: 'audit_events_pkey',
  appointment_events: 'appointment_events_pkey',
  outgoing_messages: 'outgoing_messages_pkey',
  waitlist_entries: 'waitlist_entries_pkey',
  desks: 'desks_pkey',
  desk_pairings: 'desk_pairings_pkey',
  feed_trims: 'feed_trims_pkey',
} as const;

/** The tables of no organization: what the server keeps of itself. */
export const tablesOfTheServer = ['schema_files', 'jobs', 'feed_marks'] as const;

/** Makes what is attacked, as the owner. */
export async function makeTarget(owner: postgres.Sql): Promise<Target> {
  const clinic = await makeClinic(owner);
  const other = await makeClinic(owner);
  const booked = appointmentRow(clinic, 8);
  await insertRaw(owner, 'appointments', booked);
  const cancelled = appointmentRow(clinic, 9, { patient_id: clinic.patients[1], status: 'cancelled' });
  await insertRaw(owner, 'appointments', cancelled);
  const { orgId: org_id, siteId: site_id } = clinic;
  const [withdrawn, waiting] = [uuidv7(), uuidv7()];
  const message = { org_id, kind: 'booked', appointment_id: booked.appointment_id, patient_id: clinic.patients[0] };
  const ago = '2031-03-03T07:00:00Z';
  await insertRaw(owner, 'outgoing_messages', { ...message, command_id: withdrawn, withdrawn_at: ago });
  await insertRaw(owner, 'outgoing_messages', { ...message, command_id: waiting });
  await insertRaw(owner, 'desk_pairings', {
    org_id,
    code_hash: Buffer.alloc(32, 1),
    expires_at: '2031-03-03T07:10:00Z',
    used_at: ago,
  });
  await insertRaw(owner, 'desks', { org_id, desk_id: uuidv7(), name: 'Desk', token_hash: Buffer.from(hashOf(org_id)) });
  await owner`insert into holdfast.sessions (org_id, user_id, token_hash, expires_at)
    values (${org_id}, ${clinic.userId}, ${Buffer.from(hashOf(clinic.userId))}, now() + interval '12 hours')`;
  const shift = { weekday: 1, starts_at_local: '08:00', ends_at_local: '12:00', valid_from: '2031-01-01' };
  await insertRaw(owner, 'shifts', { org_id, shift_id: uuidv7(), resource_id: clinic.providers[0], site_id, ...shift });
  await insertRaw(owner, 'waitlist_entries', {
    org_id,
    waitlist_entry_id: uuidv7(),
    site_id,
    patient_id: clinic.patients[0],
    service_id: clinic.services.room,
    windows: [`[${instantOf(clinic.opensAt)},${instantOf(clinic.opensAt + 4)})`],
    urgency: 'routine',
  });
  await owner`insert into holdfast.commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at,
      decided_at, verdict)
    values (${org_id}, ${waiting}, '\\x00', 'book', 'person', ${clinic.userId}, 'd', now(), now() - interval '179 days',
      '{"kind": "not-found"}')`;
  await owner`insert into holdfast.feed_trims (org_id, xid, seq) values (${org_id}, '3', 1)`;
  await owner`insert into holdfast.feed_marks (xid) values ('3')`;
  await owner`insert into holdfast.jobs (name, due_at) values ('a-job', now())`;
  await owner`insert into holdfast.changes (org_id, entity, entity_id) values (${org_id}, 'patient', ${uuidv7()})`;
  await owner`insert into holdfast.audit_events (org_id, desk_id, action, entity, entity_id)
    values (${org_id}, 'd', 'a', 'e', ${uuidv7()})`;
  return { clinic, other, booked, cancelled, withdrawn, waiting };
}

/** 32 bytes that are no one else's. */
const hashOf = (id: string) => id.replaceAll('-', '');
