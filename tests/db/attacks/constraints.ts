import { instantOf } from '../../../core/domain/time/quarter.ts';
import type { Target } from './target.ts';

/** No organization, site, person or thing has this id. */
const nobody = '00000000-0000-7000-8000-000000000000';

/** For each constraint, by `table.name`, a statement that it alone refuses. */
export function constraintAttacks({
  clinic,
  other,
  booked,
  cancelled,
  waiting,
}: Target): Readonly<Record<string, string>> {
  const ours = `org_id = '${clinic.orgId}'`;
  const at = (offset: number) => instantOf(clinic.opensAt + offset);
  const [provider = '', freeProvider = ''] = clinic.providers;
  const [room = ''] = clinic.rooms;
  /** A patient of no visit and no wish. */
  const patient = clinic.patients[3] ?? '';
  const update = (table: string, set: string, where = 'true') =>
    `update holdfast.${table} set ${set} where ${ours} and ${where}`;
  const ofCancelled = (set: string) =>
    update('appointments', `${set}, version = version + 1`, `appointment_id = '${cancelled.appointment_id}'`);
  const again = (table: string, where = 'true') =>
    `insert into holdfast.${table} overriding system value select * from holdfast.${table} where ${ours} and ${where}`;
  const insert = (table: string, row: Readonly<Record<string, string>>) =>
    `insert into holdfast.${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`;
  const id = 'gen_random_uuid()';
  const [org, site] = [`'${clinic.orgId}'`, `'${clinic.siteId}'`];
  const organization = { org_id: id, name: "'x'", handle: "'nobodys'" };
  const resource = { org_id: org, resource_id: id, kind: "'provider'", name: "'x'" };
  const service = { org_id: org, service_id: id, name: "'x'", duration_minutes: '30' };
  const desk = { org_id: org, desk_id: id, name: "'x'", token_hash: "sha256('x')" };
  const code = { org_id: org, code_hash: "sha256('x')", expires_at: 'now()' };
  const person = {
    org_id: org,
    user_id: id,
    username: "'x'",
    display_name: "'x'",
    role: "'kiosk'",
    password_hash: "'x'",
    home_site_id: site,
  };
  const event = {
    org_id: org,
    appointment_id: id,
    version: '1',
    occurred_at: 'now()',
    channel: "'desk'",
    action: "'book'",
    status: "'booked'",
    site_id: site,
    starts_at: 'now()',
    ends_at: 'now()',
    provider_id: `'${provider}'`,
  };
  const change = { org_id: org, entity: "'patient'", entity_id: id };
  const slot = {
    org_id: org,
    resource_id: `'${provider}'`,
    starts_at: `'${at(900)}'`,
    resource_kind: "'provider'",
    site_id: site,
  };
  const offer = { org_id: org, service_id: `'${clinic.services.plain}'`, provider_id: `'${freeProvider}'` };
  const message = `command_id = '${waiting}'`;

  return {
    'appointments.appointments_pkey': again('appointments', `appointment_id = '${cancelled.appointment_id}'`),
    'appointments.appointments_org_id_patient_id_fkey': ofCancelled(`patient_id = '${other.patients[0]}'`),
    'appointments.appointments_window': ofCancelled('ends_at = starts_at'),
    'appointments.appointments_cancelled_from': update(
      'appointments',
      "cancelled_from = 'booked', version = version + 1",
      `appointment_id = '${booked.appointment_id}'`,
    ),
    'appointments.appointments_holds_until': ofCancelled(`holds_until = '${at(10)}'`),
    'appointment_events.appointment_events_pkey': again('appointment_events'),
    'appointment_events.appointment_events_actor': insert('appointment_events', { ...event, actor_id: id }),
    'audit_events.audit_events_pkey': again('audit_events'),
    'audit_events.audit_events_actor': insert('audit_events', {
      org_id: org,
      actor_id: id,
      desk_id: "'d'",
      action: "'a'",
      entity: "'e'",
      entity_id: id,
    }),
    'changes.changes_pkey': again('changes'),
    'changes.changes_touch_days': insert('changes', { ...change, site_id: site }),
    'commands.commands_pkey': again('commands'),
    'desk_pairings.desk_pairings_pkey': again('desk_pairings'),
    'desk_pairings.desk_pairings_code_hash_check': insert('desk_pairings', { ...code, code_hash: "'x'" }),
    'desk_pairings.desk_pairings_org_id_fkey': insert('desk_pairings', { ...code, org_id: `'${nobody}'` }),
    'desk_pairings.desk_pairings_org_id_invited_by_fkey': insert('desk_pairings', {
      ...code,
      invited_by: `'${other.userId}'`,
    }),
    'desks.desks_pkey': again('desks').replace(
      'select *',
      "select org_id, desk_id, name, sha256('y'), paired_at, invited_by, revoked_at",
    ),
    'desks.desks_org_id_token_hash_key': insert('desks', {
      ...desk,
      token_hash: `(select token_hash from holdfast.desks where ${ours})`,
    }),
    'desks.desks_name_check': update('desks', "name = ''"),
    'desks.desks_token_hash_check': update('desks', "token_hash = 'x'"),
    'desks.desks_org_id_fkey': insert('desks', { ...desk, org_id: `'${nobody}'` }),
    'desks.desks_org_id_invited_by_fkey': update('desks', `invited_by = '${other.userId}'`),
    'feed_marks.feed_marks_pkey': 'insert into holdfast.feed_marks select * from holdfast.feed_marks',
    'feed_trims.feed_trims_pkey': again('feed_trims'),
    'feed_trims.feed_trims_org_id_fkey': insert('feed_trims', { org_id: `'${nobody}'`, xid: "'3'", seq: '1' }),
    'jobs.jobs_pkey': 'insert into holdfast.jobs select * from holdfast.jobs',
    'jobs.jobs_claimed_until': 'update holdfast.jobs set claimed_until = now()',
    'organizations.organizations_pkey': insert('organizations', { ...organization, org_id: org }),
    'organizations.organizations_handle_key': insert('organizations', {
      ...organization,
      handle: `'${clinic.handle}'`,
    }),
    'organizations.organizations_handle_check': update('organizations', "handle = 'Nordstern'"),
    'organizations.organizations_name_check': update('organizations', "name = ''"),
    'outgoing_messages.outgoing_messages_pkey': again('outgoing_messages', message),
    'outgoing_messages.outgoing_messages_sent_or_withdrawn': update(
      'outgoing_messages',
      'sent_at = now(), withdrawn_at = now()',
      message,
    ),
    'patient_claims.patient_claims_one_visit_at_a_time': update(
      'appointments',
      `patient_id = '${booked.patient_id}', provider_id = '${freeProvider}', room_id = null, status = 'booked', version = version + 1`,
      `appointment_id = '${cancelled.appointment_id}'`,
    ),
    'patients.patients_pkey': insert('patients', {
      org_id: org,
      patient_id: `'${patient}'`,
      display_name: "'x'",
      birth_date: "'1980-01-01'",
    }),
    'patients.patients_display_name_check': update('patients', "display_name = ''", `patient_id = '${patient}'`),
    'patients.patients_birth_date': update('patients', "birth_date = '1066-10-14'", `patient_id = '${patient}'`),
    'patients.patients_org_id_fkey': insert('patients', {
      org_id: `'${nobody}'`,
      patient_id: id,
      display_name: "'x'",
      birth_date: "'1980-01-01'",
    }),
    'resources.resources_pkey': insert('resources', { ...resource, resource_id: `'${room}'` }),
    'resources.resources_kind_check': insert('resources', { ...resource, kind: "'car'", site_id: site }),
    'resources.resources_name_check': insert('resources', { ...resource, name: "''" }),
    'resources.resources_check': insert('resources', { ...resource, site_id: site }),
    'resources.resources_check1': insert('resources', { ...resource, equipment_type: "'x'" }),
    'resources.resources_org_id_fkey': insert('resources', { ...resource, org_id: `'${nobody}'` }),
    'resources.resources_org_id_site_id_fkey': insert('resources', {
      ...resource,
      kind: "'room'",
      site_id: `'${other.siteId}'`,
    }),
    'schema_files.schema_files_pkey': 'insert into holdfast.schema_files select * from holdfast.schema_files',
    'service_providers.service_providers_pkey': again('service_providers'),
    'service_providers.service_providers_provider_kind_check': insert('service_providers', {
      ...offer,
      provider_id: `'${room}'`,
      provider_kind: "'room'",
    }),
    'service_providers.service_providers_org_id_service_id_fkey': insert('service_providers', {
      ...offer,
      service_id: `'${other.services.plain}'`,
    }),
    'service_providers.service_providers_org_id_provider_id_provider_kind_fkey': insert('service_providers', {
      ...offer,
      provider_id: `'${other.providers[0]}'`,
    }),
    'services.services_pkey': again('services', `service_id = '${clinic.services.plain}'`),
    'services.services_name_check': update('services', "name = ''"),
    'services.services_duration_minutes_check': update('services', 'duration_minutes = 40'),
    'services.services_buffer_before_minutes_check': update('services', 'buffer_before_minutes = 7'),
    'services.services_buffer_after_minutes_check': update('services', 'buffer_after_minutes = 135'),
    'services.services_check': update('services', "room_feature = 'bed'", `service_id = '${clinic.services.plain}'`),
    'services.services_org_id_fkey': insert('services', { ...service, org_id: `'${nobody}'` }),
    'sessions.sessions_pkey': again('sessions'),
    'sessions.sessions_token_hash_check': update('sessions', "token_hash = 'x'"),
    'sessions.sessions_end': update('sessions', "expires_at = created_at + interval '32 days'"),
    'sessions.sessions_org_id_user_id_fkey': update('sessions', `user_id = '${other.userId}'`),
    'shifts.shifts_pkey': again('shifts'),
    'shifts.shifts_weekday_check': update('shifts', 'weekday = 8'),
    'shifts.shifts_check': update('shifts', 'ends_at_local = starts_at_local'),
    'shifts.shifts_org_id_resource_id_fkey': update('shifts', `resource_id = '${other.providers[0]}'`),
    'shifts.shifts_org_id_site_id_fkey': update('shifts', `site_id = '${other.siteId}'`),
    'sites.sites_pkey': again('sites'),
    'sites.sites_name_check': update('sites', "name = ''"),
    'sites.sites_country_check': update('sites', "country = 'de'"),
    'sites.sites_identifiers_check': update('sites', "identifiers = '{}'"),
    'sites.sites_org_id_fkey': insert('sites', {
      org_id: `'${nobody}'`,
      site_id: id,
      name: "'x'",
      time_zone: "'UTC'",
      country: "'DE'",
    }),
    'slots.slots_pkey': again('slots', `resource_id = '${provider}' and starts_at = '${at(70)}'`),
    'slots.slots_never_overbooked': update(
      'slots',
      'capacity = 0',
      `resource_id = '${provider}' and starts_at = '${at(8)}'`,
    ),
    'slots.slots_org_id_resource_id_resource_kind_fkey': insert('slots', {
      ...slot,
      resource_id: `'${other.providers[0]}'`,
    }),
    'slots.slots_org_id_site_id_fkey': insert('slots', { ...slot, site_id: `'${other.siteId}'` }),
    'users.users_pkey': insert('users', { ...person, user_id: `'${clinic.userId}'` }),
    'users.users_org_id_username_key': insert('users', { ...person, username: `'${clinic.username}'` }),
    'users.users_username_check': insert('users', { ...person, username: "'X'" }),
    'users.users_username_without_at': insert('users', { ...person, username: "'x@y'" }),
    'users.users_role_check': insert('users', { ...person, role: "'owner'" }),
    'users.users_org_id_home_site_id_fkey': update('users', `home_site_id = '${other.siteId}'`),
    'waitlist_entries.waitlist_entries_pkey': again('waitlist_entries'),
    'waitlist_entries.waitlist_entries_urgency_check': update('waitlist_entries', "urgency = 'now'"),
    'waitlist_entries.waitlist_entries_windows': update('waitlist_entries', 'windows = \'{"[2031-03-03,infinity)"}\''),
    'waitlist_entries.waitlist_entries_org_id_site_id_fkey': update('waitlist_entries', `site_id = '${other.siteId}'`),
    'waitlist_entries.waitlist_entries_org_id_patient_id_fkey': update(
      'waitlist_entries',
      `patient_id = '${other.patients[0]}'`,
    ),
    'waitlist_entries.waitlist_entries_org_id_service_id_fkey': update(
      'waitlist_entries',
      `service_id = '${other.services.room}'`,
    ),
  };
}
