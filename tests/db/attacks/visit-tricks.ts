import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import type { Target } from './target.ts';

const holding = ['proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow'] as const;

type Overrides = Readonly<Record<string, string | number | boolean | null>>;
const literal = (value: string | number | boolean | null) => (typeof value === 'string' ? `'${value}'` : String(value));

/**
 * Attacks by a visit's own row, as SQL. Free ground begins at quarter 20; provider 1, room 1, patient 1 are busy from 8 to
 * 10.
 */
export function visitTricks({ clinic, other, booked, cancelled }: Target): Readonly<Record<string, string>> {
  const at = (offset: number) => instantOf(clinic.opensAt + offset);
  const [provider = '', freeProvider = ''] = clinic.providers;
  const [room = '', freeRoom = ''] = clinic.rooms;
  const [equipment = ''] = clinic.equipment;
  const [patient = '', , third = '', fourth = ''] = clinic.patients;

  /** A visit on free ground with everything else free too, unless it is said otherwise. */
  const insert = (overrides: Overrides = {}) => {
    const row: Overrides = {
      org_id: clinic.orgId,
      appointment_id: uuidv7(),
      site_id: clinic.siteId,
      patient_id: third,
      service_id: clinic.services.room,
      provider_id: provider,
      room_id: room,
      equipment_id: null,
      starts_at: at(20),
      ends_at: at(22),
      ...overrides,
    };
    return `insert into holdfast.appointments (${Object.keys(row).join(', ')}) values (${Object.values(row).map(literal).join(', ')})`;
  };
  const update = (id: string, set: string, version = 'version + 1') =>
    `update holdfast.appointments set ${set}, version = ${version} where org_id = '${clinic.orgId}' and appointment_id = '${id}'`;
  const ofBooked = (set: string, version?: string) => update(booked.appointment_id, set, version);
  const ofCancelled = (set: string) => update(cancelled.appointment_id, set);
  /** A visit that has no resource and no patient in common with the booked one, at its time; then one more thing. */
  const beside = (set: (id: string) => string, overrides: Overrides = {}) => {
    const id = uuidv7();
    const row = { appointment_id: id, starts_at: at(8), ends_at: at(10), provider_id: freeProvider, room_id: freeRoom };
    return `${insert({ ...row, ...overrides })}; ${update(id, set(id))}`;
  };
  /** A visit right behind the booked one; then one more thing. */
  const behind = (set: string) => {
    const id = uuidv7();
    return `${insert({ appointment_id: id, starts_at: at(10), ends_at: at(12) })}; ${update(id, set)}`;
  };
  const taken = { starts_at: at(9), ends_at: at(11) };

  return {
    ...Object.fromEntries(
      holding.flatMap((status) => [
        [`insert one that is ${status} over the provider`, insert({ ...taken, status, room_id: freeRoom })],
        [`insert one that is ${status} over the room`, insert({ ...taken, status, provider_id: freeProvider })],
        [
          `insert one that is ${status} over the patient`,
          insert({ ...taken, status, patient_id: patient, provider_id: freeProvider, room_id: freeRoom }),
        ],
        [`bring the cancelled one back as ${status}`, ofCancelled(`status = '${status}'`)],
        [
          `mark one as entered in error, and bring it back as ${status}`,
          `${ofCancelled("status = 'entered-in-error'")}; ${ofCancelled(`status = '${status}'`)}`,
        ],
      ]),
    ),
    'raise the version by two': ofBooked(`starts_at = '${at(9)}'`, 'version + 2'),
    'lower the version': ofBooked(`starts_at = '${at(9)}'`, 'version - 1'),
    'keep the version': ofBooked(`ends_at = '${at(11)}'`, 'version'),
    'take the version away': ofBooked(`ends_at = '${at(11)}'`, 'null'),
    'end before the start': insert({ ends_at: at(19) }),
    'end at the start': insert({ ends_at: at(20) }),
    'last 12 hours and a quarter': insert({ ends_at: at(69) }),
    'begin a minute late': insert({ starts_at: at(20).replace(':00Z', ':01Z') }),
    'begin a microsecond late': insert({ starts_at: at(20).replace(':00Z', ':00.000001Z') }),
    'end off the quarter': insert({ ends_at: at(22).replace(':00Z', ':59Z') }),
    'begin at minus infinity': insert({ starts_at: '-infinity' }),
    'last until infinity': insert({ ends_at: 'infinity' }),
    'last from infinity to infinity': insert({ starts_at: 'infinity', ends_at: 'infinity' }),
    'begin before the calendar': insert({ starts_at: '1899-12-31T08:00:00Z', ends_at: '1899-12-31T08:30:00Z' }),
    'begin after the calendar': insert({ starts_at: '2300-01-01T08:00:00Z', ends_at: '2300-01-01T08:30:00Z' }),
    'have a status that is none': insert({ status: 'free' }),
    'have no status': ofBooked('status = null'),
    'have a buffer of seven minutes': insert({ buffer_after_minutes: 7 }),
    'have a buffer of three hours': insert({ buffer_after_minutes: 180 }),
    'have a negative buffer': insert({ buffer_before_minutes: -15 }),
    'have no buffer at all': insert({ buffer_before_minutes: null }),
    'grow the buffer before into the neighbour': behind('buffer_before_minutes = 15'),
    'grow the buffer after into the neighbour': `${insert({ starts_at: at(10), ends_at: at(12) })}; ${ofBooked('buffer_after_minutes = 30')}`,
    'begin earlier, in the neighbour': behind(`starts_at = '${at(9)}'`),
    'swap the busy provider in': beside(() => `provider_id = '${provider}'`),
    'swap the busy room in': beside(() => `room_id = '${room}'`),
    'swap the busy patient in': beside(() => `patient_id = '${patient}'`),
    'stop to overlap, with a busy patient': beside(() => 'patient_may_overlap = false', {
      patient_id: patient,
      patient_may_overlap: true,
    }),
    'have a room for a provider': ofBooked(`provider_id = '${freeRoom}'`),
    'have a piece of equipment for a provider': ofBooked(`provider_id = '${equipment}'`),
    'have no provider': ofBooked('provider_id = null'),
    'have a provider for a room': ofBooked(`room_id = '${freeProvider}'`),
    'have a piece of equipment for a room': ofBooked(`room_id = '${equipment}'`),
    'have a room for equipment': ofBooked(`equipment_id = '${freeRoom}'`),
    'have a provider for equipment': ofBooked(`equipment_id = '${freeProvider}'`),
    'have the same room as room and as equipment': ofBooked(`equipment_id = '${room}'`),
    'take the equipment twice': `${insert({ equipment_id: equipment })}; ${insert({ equipment_id: equipment, patient_id: fourth, provider_id: freeProvider, room_id: freeRoom })}`,
    'go to another site': ofBooked(`site_id = '${other.siteId}'`),
    'go to no site': ofBooked('site_id = null'),
    'go to another service': ofBooked(`service_id = '${clinic.services.plain}'`),
    'be of a patient elsewhere': ofBooked(`patient_id = '${other.patients[0]}'`),
    'have another id': ofBooked(`appointment_id = '${uuidv7()}'`),
    'go over by one statement that writes two rows': `${insert().replace('insert into', 'with one as (insert into')} returning 1) ${insert({ patient_id: fourth, room_id: freeRoom })}`,
    'book two at once in one INSERT': `insert into holdfast.appointments (org_id, appointment_id, site_id, patient_id, service_id, provider_id, starts_at, ends_at)
      select '${clinic.orgId}', gen_random_uuid(), '${clinic.siteId}', p, '${clinic.services.plain}', '${provider}', '${at(20)}', '${at(22)}'
      from unnest('{${third},${fourth}}'::uuid[]) p`,
    'move two onto one slot in one UPDATE': `${insert()}; ${insert({ starts_at: at(30), ends_at: at(32), patient_id: fourth })};
      update holdfast.appointments set starts_at = '${at(40)}', ends_at = '${at(42)}', version = version + 1
      where org_id = '${clinic.orgId}' and patient_id in ('${third}', '${fourth}')`,
    'move all onto the booked one by a join': `${insert()};
      update holdfast.appointments a set starts_at = b.starts_at, ends_at = b.ends_at, version = a.version + 1
      from holdfast.appointments b where b.appointment_id = '${booked.appointment_id}' and a.org_id = b.org_id and a.status = 'booked'`,
    'book over it by MERGE': `merge into holdfast.appointments a using (select 1) one on a.appointment_id = '${uuidv7()}'
      when not matched then insert (org_id, appointment_id, site_id, patient_id, service_id, provider_id, starts_at, ends_at)
      values ('${clinic.orgId}', '${uuidv7()}', '${clinic.siteId}', '${third}', '${clinic.services.plain}', '${provider}', '${at(8)}', '${at(9)}')`,
    'book over it where there is room': `${insert(taken)} on conflict do nothing`,
    'book over it between savepoints': `savepoint s; ${insert()}; rollback to s; savepoint t; ${insert(taken)}; release t`,
    'book over it in a DO block that goes on': `do $$ begin ${insert()}; ${insert({ patient_id: fourth })}; end $$`,
    'cancel it and book over it, then bring it back': `${ofBooked("status = 'cancelled'")}; ${insert({ starts_at: at(8), ends_at: at(10) })}; ${ofBooked("status = 'booked'")}`,
  };
}
