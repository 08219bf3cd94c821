import { instantOf } from '../../../core/domain/time/quarter.ts';
import type { Target } from './target.ts';

/** Attacks by slots and who holds them, as SQL. The slot of provider 1 at quarter 8 is booked, the one at quarter 40 free. */
export function slotTricks({ clinic, other, booked }: Target): Readonly<Record<string, string>> {
  const at = (offset: number) => instantOf(clinic.opensAt + offset);
  const [provider = '', freeProvider = ''] = clinic.providers;
  const slot = (offset: number, resource = provider) =>
    `org_id = '${clinic.orgId}' and resource_id = '${resource}' and starts_at = '${at(offset)}'`;
  const set = (what: string, offset = 8) => `update holdfast.slots set ${what} where ${slot(offset)}`;
  const columns = '(org_id, resource_id, starts_at, resource_kind, site_id, open, capacity, booked_count)';
  const insert = (startsAt: string, open: string, capacity: string, count: string) =>
    `insert into holdfast.slots ${columns} values ('${clinic.orgId}', '${provider}', '${startsAt}', 'provider', '${clinic.siteId}', ${open}, ${capacity}, ${count})`;
  const booking = `insert into holdfast.appointments (org_id, appointment_id, site_id, patient_id, service_id, provider_id, starts_at, ends_at)
    values ('${clinic.orgId}', gen_random_uuid(), '${clinic.siteId}', '${clinic.patients[2]}', '${clinic.services.plain}', '${provider}', '${at(8)}', '${at(10)}')`;

  return {
    'count down below nothing': set('booked_count = -1', 40),
    'count up to what is not there': set('booked_count = 1', 40),
    'count nothing': set('booked_count = null'),
    'count by what it was': set('booked_count = booked_count'),
    'count and raise the capacity together': set('booked_count = 2, capacity = 2'),
    'have less capacity than bookings': set('capacity = 0'),
    'have a negative capacity': set('capacity = -1', 40),
    'have a capacity of a thousand': set('capacity = 1000', 40),
    'have no capacity': set('capacity = null', 40),
    'be neither open nor closed': set('open = null', 40),
    'leave to another hour': set(`starts_at = '${at(400)}'`),
    'leave to another provider': `delete from holdfast.slots where ${slot(8, freeProvider)}; ${set(`resource_id = '${freeProvider}'`)}`,
    'leave to another organization': set(`org_id = '${other.orgId}'`),
    'leave to another site': set(`site_id = '${other.siteId}'`),
    'become a room': set(`resource_kind = 'room'`),
    'go though booked': `delete from holdfast.slots where ${slot(8)}`,
    'go with all of the day': `delete from holdfast.slots where org_id = '${clinic.orgId}'`,
    'go by a join with its visit': `delete from holdfast.slots s using holdfast.appointments a
      where a.org_id = s.org_id and a.appointment_id = any (s.appointment_ids) and a.org_id = '${clinic.orgId}'`,
    'go by MERGE': `merge into holdfast.slots s using (select 1) one on s.${slot(8).replaceAll(' and ', ' and s.')} when matched then delete`,
    'be counted by MERGE': `merge into holdfast.slots s using (select 1) one on s.${slot(8).replaceAll(' and ', ' and s.')} when matched then update set booked_count = 0`,
    'be counted on conflict': `${insert(at(8), 'true', '1', '0')} on conflict (org_id, resource_id, starts_at) do update set booked_count = 0`,
    'be counted by a join': `update holdfast.slots s set booked_count = 0 from holdfast.appointments a
      where a.org_id = s.org_id and a.appointment_id = any (s.appointment_ids)`,
    'be counted in a CTE': `with freed as (${set('booked_count = 0')} returning 1) select count(*) from freed`,
    'be counted at a cursor': `declare c cursor for select * from holdfast.slots where ${slot(8)} for update; fetch c; update holdfast.slots set booked_count = 0 where current of c`,
    'be counted by a prepared statement': `prepare p as ${set('booked_count = 0')}; execute p`,
    'be counted in a DO block': `do $$ begin ${set('booked_count = 0')}; end $$`,
    'be counted, then booked over': `${set('booked_count = 0')}; ${booking}`,
    'be counted with constraints deferred': `set constraints all deferred; ${set('booked_count = 0')}`,
    'begin booked': insert(at(500), 'true', '1', '1'),
    'begin overbooked': insert(at(500), 'true', '0', '1'),
    'begin with a negative count': insert(at(500), 'true', '1', '-1'),
    'begin twice': insert(at(8), 'true', '1', '0'),
    'begin off the quarter': insert(at(500).replace(':00Z', ':07Z'), 'true', '1', '0'),
    'begin at infinity': insert('infinity', 'true', '1', '0'),
    'begin at minus infinity': insert('-infinity', 'true', '1', '0'),
    'begin for no organization': insert(at(500), 'true', '1', '0').replace(`'${clinic.orgId}'`, 'null'),
    'begin as a room for a provider': insert(at(500), 'true', '1', '0').replace("'provider'", "'room'"),
    'be replaced by a free one': `delete from holdfast.slots where ${slot(8)}; ${insert(at(8), 'true', '1', '0')}; ${booking}`,
    'be held by nobody': set(`appointment_ids = '{}'`),
    'be held by null': set('appointment_ids = null'),
    'be held by a list of null': set(`appointment_ids = '{null}'`),
    'be held by null too': set(`booked_count = 2, capacity = 2, appointment_ids = appointment_ids || null::uuid`),
    'be held twice by one visit': set(
      'booked_count = 2, capacity = 2, appointment_ids = appointment_ids || appointment_ids',
    ),
    'be held twice by one visit, counted once': set('appointment_ids = appointment_ids || appointment_ids'),
    'be held by another visit': set(`appointment_ids = '{${other.orgId}}'`),
    'be held by what it was held by': set('appointment_ids = appointment_ids'),
    'be held in two dimensions': set(`appointment_ids = array[appointment_ids]`),
    'be held in the other order': set('appointment_ids = array(select unnest(appointment_ids) order by 1 desc)'),
    'be held where nothing is booked': set(`booked_count = 1, appointment_ids = '{${booked.appointment_id}}'`, 40),
    'be held where nothing is counted': set(`appointment_ids = '{${booked.appointment_id}}'`, 40),
    'lose its holder by a join': `update holdfast.slots s set booked_count = 0, appointment_ids = '{}' from holdfast.appointments a
      where a.appointment_id = any (s.appointment_ids)`,
    'lose its holder in a CTE': `with freed as (${set("booked_count = 0, appointment_ids = '{}'")} returning 1) select count(*) from freed`,
    'lose its holder on conflict': `${insert(at(8), 'true', '1', '0')} on conflict (org_id, resource_id, starts_at)
      do update set booked_count = 0, appointment_ids = '{}'`,
    'lose its holder by MERGE': `merge into holdfast.slots s using (select 1) one on s.${slot(8).replaceAll(' and ', ' and s.')} when matched then update set booked_count = 0, appointment_ids = '{}'`,
    'lose its holder one element at a time': set('appointment_ids[1] = null'),
    'begin held': insert(at(500), 'true', '1', '1')
      .replace('booked_count)', 'booked_count, appointment_ids)')
      .replace(/1\)$/, `1, '{${booked.appointment_id}}')`),
    'begin held, with nothing counted': insert(at(500), 'true', '1', '0')
      .replace('booked_count)', 'booked_count, appointment_ids)')
      .replace(/0\)$/, `0, '{${booked.appointment_id}}')`),
    'begin held by null': insert(at(500), 'true', '1', '0')
      .replace('booked_count)', 'booked_count, appointment_ids)')
      .replace(/0\)$/, '0, null)'),
    'free its patient': `delete from holdfast.patient_claims where org_id = '${clinic.orgId}' and starts_at = '${at(8)}'`,
    'free its patient by moving the claim': `update holdfast.patient_claims set starts_at = '${at(90)}' where org_id = '${clinic.orgId}'`,
    'claim a patient for nothing': `insert into holdfast.patient_claims values ('${clinic.orgId}', '${clinic.patients[3]}', '${at(40)}', '${booked.appointment_id}')`,
  };
}
