import type { Target } from './target.ts';

/** Domains, by name, with a statement that each alone refuses. */
export function domainAttacks({ clinic, cancelled }: Target): Readonly<Record<string, string>> {
  const slotAt = (startsAt: string, capacity = '1') =>
    `insert into holdfast.slots (org_id, resource_id, starts_at, resource_kind, site_id, capacity)
      values ('${clinic.orgId}', '${clinic.providers[0]}', '${startsAt}', 'provider', '${clinic.siteId}', ${capacity})`;
  const event = (column: string, value: string) =>
    `insert into holdfast.appointment_events (org_id, appointment_id, version, occurred_at, channel, action, status,
        site_id, starts_at, ends_at, provider_id, ${column})
      values ('${clinic.orgId}', gen_random_uuid(), 1, now(), 'desk', 'cancel', 'cancelled', '${clinic.siteId}', now(), now(),
        '${clinic.providers[0]}', '${value}')`;
  return {
    quarter_hour: slotAt('infinity'),
    row_version: `insert into holdfast.appointments (org_id, appointment_id, version, site_id, patient_id, service_id, provider_id, starts_at, ends_at)
      values ('${clinic.orgId}', gen_random_uuid(), 2147483647, '${clinic.siteId}', '${clinic.patients[3]}', '${clinic.services.plain}',
        '${clinic.providers[1]}', '2031-03-03T15:00:00Z', '2031-03-03T15:15:00Z')`,
    seat_count: slotAt('2031-05-05T08:00:00Z', '101'),
    actor_kind: `insert into holdfast.audit_events (org_id, actor_kind, actor_id, desk_id, action, entity, entity_id)
      values ('${clinic.orgId}', 'ghost', '${clinic.userId}', 'd', 'a', 'e', '${clinic.userId}')`,
    channel: `update holdfast.appointments set channel = 'pigeon', version = version + 1
      where org_id = '${clinic.orgId}' and appointment_id = '${cancelled.appointment_id}'`,
    appointment_status: `update holdfast.appointments set status = 'lost', patient_id = null, cancelled_from = null,
        starts_at = '2031-03-04T00:30:00Z', ends_at = '2031-03-04T01:00:00Z', version = version + 1
      where org_id = '${clinic.orgId}' and appointment_id = '${cancelled.appointment_id}'`,
    change_entity: `insert into holdfast.changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
      values ('${clinic.orgId}', '${clinic.siteId}', 'other', gen_random_uuid(), now(), now())`,
    cancel_reason: event('reason_code', 'whim'),
    canceller: event('cancelled_by', 'cat'),
    message_kind: `update holdfast.outgoing_messages set kind = 'x' where sent_at is null and withdrawn_at is null`,
    buffer_minutes: `update holdfast.appointments set buffer_before_minutes = 7, version = version + 1
      where org_id = '${clinic.orgId}' and appointment_id = '${cancelled.appointment_id}'`,
  };
}

/** Constraints that stand behind others, and why no statement meets them first. */
export const behindOthers: Readonly<Record<string, string>> = {
  'resources.resources_org_id_resource_id_kind_key': 'behind resources_pkey: a foreign key needs it',
  'users.users_org_id_fkey': 'behind the site, which has an organization',
  'waitlist_entries.waitlist_entries_org_id_fkey': 'behind the site, which has an organization',
};
