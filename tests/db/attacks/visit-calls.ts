import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { movableStatuses } from '../../../core/domain/statuses.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { envelopeIn, orgIn, type CallAttack } from './envelope.ts';
import type { Attack, Target } from './target.ts';

/** What the app's role might pass to the functions that decide of visits, and what no server passes. */
export function visitCallsOn({ clinic, other, booked, cancelled }: Target, sql: postgres.Sql): CallAttack[] {
  const at = (offset: number) => instantOf(clinic.opensAt + offset);
  const envelope = (overrides: object = {}) => envelopeIn(sql, clinic, overrides);
  const org = (overrides: object = {}) => orgIn(clinic, overrides);
  const visit = (overrides: object = {}) =>
    sql.json({
      appointment_id: uuidv7(),
      site_id: clinic.siteId,
      patient_id: clinic.patients[2],
      service_id: clinic.services.room,
      provider_id: clinic.providers[0],
      room_id: clinic.rooms[0],
      starts_at: at(20),
      ends_at: at(22),
      ...overrides,
    });
  const over = { starts_at: at(9), ends_at: at(11) };
  const beside = { ...over, provider_id: clinic.providers[1], room_id: clinic.rooms[1] };
  const book = (overrides: object, command: object = {}): Attack => {
    return (tx) => tx`select holdfast_api.book_appointment(${org(command)}, ${envelope(command)}, ${visit(overrides)})`;
  };
  const move = (
    version: number | null,
    overrides: object,
    command: object = {},
    movable: readonly string[] | null = movableStatuses,
  ): Attack => {
    const to = visit({ appointment_id: booked.appointment_id, ...overrides });
    return (tx) =>
      tx`select holdfast_api.move_appointment(${org(command)}, ${envelope(command)}, ${version}::integer, ${movable as string[] | null}::text[], ${to})`;
  };
  const status = (
    id: string,
    from: (string | null)[] | null,
    to: string | null,
    arrival: string | null = 'keep',
    when: string | null = 'any',
  ): Attack => {
    return (tx) =>
      tx`select holdfast_api.set_appointment_status(${org()}, ${envelope()}, ${id}, ${from}::text[], ${to}::text, ${arrival}::text, ${when}::text, null, null, null)`;
  };
  const reinstate = (id: string, version: number | null): Attack => {
    return (tx) => tx`select holdfast_api.reinstate_appointment(${org()}, ${envelope()}, ${id}, ${version}::integer)`;
  };
  const raise = (starts: string[] | null, capacity: number | null, reason: string | null): Attack => {
    return (tx) => tx`select holdfast_api.raise_capacity(${org()}, ${envelope()}, ${clinic.providers[0] ?? ''},
      ${starts}::timestamptz[], ${capacity}::integer, ${reason}::text)`;
  };
  const refuse = (verdict: string): Attack => {
    return (tx) => tx`select holdfast_api.refuse_command(${org()}, ${envelope()}, ${verdict}::text::jsonb)`;
  };

  return [
    [
      'move a cancelled visit, calling that movable',
      move(1, { appointment_id: cancelled.appointment_id }, {}, ['cancelled']),
      'HF003',
    ],
    ['move a visit, naming no status', move(1, {}, {}, null), 'HF003'],
    ['arrive in no way that there is', status(booked.appointment_id, ['booked'], 'arrived', 'forge'), 'HF005'],
    ['arrive in no way', status(booked.appointment_id, ['booked'], 'arrived', null), 'HF005'],
    ['arrive at no time', status(booked.appointment_id, ['booked'], 'arrived', 'set', null), 'HF005'],
    ['arrive at a time that is none', status(booked.appointment_id, ['booked'], 'arrived', 'set', 'ever'), 'HF005'],
    ['arrive years before the visit', status(booked.appointment_id, ['booked'], 'arrived', 'set', 'today'), 'HF007'],
    [
      'not come to a visit that has not begun',
      status(booked.appointment_id, ['booked'], 'noshow', 'keep', 'begun'),
      'HF007',
    ],
    ['book the past', book({ starts_at: '2026-01-05T08:00:00Z', ends_at: '2026-01-05T08:30:00Z' }), 'HF007'],
    ['move into the past', move(1, { starts_at: '2026-01-05T08:00:00Z', ends_at: '2026-01-05T08:30:00Z' }), 'HF007'],
    [
      'book the past, claiming that it was then',
      book(
        { starts_at: '2026-01-05T08:00:00Z', ends_at: '2026-01-05T08:30:00Z' },
        { claimed_at: '2026-01-05T07:00:00Z' },
      ),
      'HF007',
    ],
    ['book by no channel', book({}, { channel: null }), '23502'],
    ['book by a channel that is none', book({}, { channel: 'pigeon' }), '23514'],
    ['book over the provider', book({ ...over, room_id: null }), 'HF001'],
    [
      'book over the patient, saying that this one may overlap',
      book({ ...beside, patient_id: clinic.patients[0], patient_may_overlap: true }),
      '23505',
    ],
    ['book over it as cancelled, which takes no slots', book({ ...over, status: 'cancelled' }), 'HF001'],
    [
      'book without the buffers that the service has',
      book({
        starts_at: at(10),
        ends_at: at(12),
        service_id: clinic.services.full,
        equipment_id: clinic.equipment[0],
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
      }),
      'HF001',
    ],
    ['book without a patient', book({ patient_id: null }), 'HF005'],
    ['book a patient of elsewhere', book({ patient_id: other.patients[0] }), '23503'],
    ['book a service of elsewhere', book({ service_id: other.services.room }), 'HF006'],
    ['book no service', book({ service_id: null }), 'HF006'],
    ['book a provider of elsewhere', book({ provider_id: other.providers[0] }), 'HF001'],
    ['book no provider', book({ provider_id: null }), '23502'],
    ['book a room for a provider', book({ provider_id: clinic.rooms[1] }), 'HF001'],
    ['book at another site', book({ site_id: other.siteId }), 'HF001'],
    ['book no time', book({ starts_at: null }), '23502'],
    ['book until infinity', book({ ends_at: 'infinity' }), '23514'],
    ['book from minus infinity', book({ starts_at: '-infinity' }), '23514'],
    ['book 12 hours and a quarter', book({ ends_at: at(69) }), '23514'],
    ['book off the quarter', book({ starts_at: at(20).replace(':00Z', ':01Z') }), '23514'],
    ['book backwards', book({ ends_at: at(19) }), '23514'],
    ['book under the id of another visit', book({ appointment_id: booked.appointment_id }), '23505'],
    ['book for no organization', book({}, { org_id: null }), '23502'],
    ['book for another organization', book({}, { org_id: other.orgId }), 'HF006'],
    ['book by no command', book({}, { command_id: null }), '23502'],
    ['book without the hash of a body', book({}, { body_hash: null }), '23502'],
    ['book by nobody', book({}, { actor_id: null }), '23502'],
    ['book nothing', (tx) => tx`select holdfast_api.book_appointment(${org()}, ${envelope()}, null)`, 'HF006'],
    ['move without the version', move(null, {}), 'HF002'],
    ['move with an older version', move(0, {}), 'HF002'],
    ['move with a later version', move(2, {}), 'HF002'],
    ['move onto the buffer of nothing: no end', move(1, { ends_at: null }), '23502'],
    ['move to infinity', move(1, { starts_at: 'infinity', ends_at: 'infinity' }), '23514'],
    ['move to a provider of elsewhere', move(1, { provider_id: other.providers[0] }), 'HF001'],
    ['move to a room as a provider', move(1, { provider_id: clinic.rooms[1] }), 'HF001'],
    ['move a visit of another organization', move(1, {}, { org_id: other.orgId }), 'HF006'],
    ['move a cancelled visit', move(1, { appointment_id: cancelled.appointment_id }), 'HF003'],
    ['move no visit', move(1, { appointment_id: null }), 'HF006'],
    ['change a status from anything', status(booked.appointment_id, null, 'cancelled'), 'HF005'],
    ['change a status from null', status(booked.appointment_id, [null], 'cancelled'), 'HF003'],
    ['change a status to nothing', status(booked.appointment_id, ['booked'], null), 'HF005'],
    ['change a status to one that is none', status(booked.appointment_id, ['booked'], 'free'), '23514'],
    ['send a visit back to proposed', status(booked.appointment_id, ['booked'], 'proposed'), 'HF005'],
    ['send a visit back to pending', status(booked.appointment_id, ['booked'], 'pending'), 'HF005'],
    [
      'bring a cancelled visit back by a transition',
      status(cancelled.appointment_id, ['cancelled'], 'booked'),
      'HF003',
    ],
    ['let a cancelled visit arrive', status(cancelled.appointment_id, ['cancelled', 'booked'], 'arrived'), 'HF003'],
    ['change the status of no visit', status(uuidv7(), ['booked'], 'cancelled'), 'HF006'],
    ['reinstate without the version', reinstate(cancelled.appointment_id, null), 'HF002'],
    ['reinstate with another version', reinstate(cancelled.appointment_id, 7), 'HF002'],
    ['reinstate over the booked one', reinstate(cancelled.appointment_id, 1), 'HF001'],
    ['reinstate what is booked', reinstate(booked.appointment_id, 1), 'HF003'],
    ['raise a capacity to nothing', raise([at(8)], null, 'why'), 'HF005'],
    ['raise a capacity below nothing', raise([at(8)], -1, 'why'), 'HF005'],
    ['raise a capacity beyond a hundred', raise([at(8)], 101, 'why'), '23514'],
    ['raise a capacity without a reason', raise([at(8)], 2, null), 'HF005'],
    ['raise a capacity for a blank reason', raise([at(8)], 2, '  '), 'HF005'],
    ['raise a capacity of no slot', raise(null, 2, 'why'), 'HF005'],
    ['raise a capacity of an empty list', raise([], 2, 'why'), 'HF005'],
    ['raise a capacity of a slot that is not there', raise([at(8), at(900)], 2, 'why'), 'HF001'],
    [
      'raise a capacity of two days',
      raise(
        Array.from({ length: 97 }, (_, n) => at(n)),
        2,
        'why',
      ),
      'HF005',
    ],
    ['store that it was done', refuse('{"kind": "done", "appointment": null}'), 'HF005'],
    ['store a verdict of no kind', refuse('{}'), 'HF005'],
    ['store a verdict of another kind', refuse('{"kind": "booked"}'), 'HF005'],
    ['store a verdict that is a text', refuse('"done"'), 'HF005'],
    ['store a verdict that is null', refuse('null'), 'HF005'],
  ];
}
