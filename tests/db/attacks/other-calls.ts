import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { envelopeIn, type CallAttack } from './envelope.ts';
import type { Attack, Target, Transaction } from './target.ts';

const soon = 'now() + interval';

/** What the app's role might pass to the functions of patients, wishes, slots, sessions and desks, and to those that read. */
export function otherCallsOn({ clinic, other }: Target, sql: postgres.Sql): CallAttack[] {
  const at = (offset: number) => instantOf(clinic.opensAt + offset);
  const json = (value: object) => sql.json(value as postgres.JSONValue);
  const envelope = (overrides: object = {}) => envelopeIn(sql, clinic, overrides);
  const wish = (overrides: object): Attack => {
    const entry = {
      waitlist_entry_id: uuidv7(),
      site_id: clinic.siteId,
      patient_id: clinic.patients[0],
      service_id: clinic.services.room,
      provider_ids: [],
      windows: [`[${at(0)},${at(4)})`],
      urgency: 'soon',
      note: '',
      ...overrides,
    };
    return (tx) => tx`select holdfast_api.join_waitlist(${clinic.orgId}, ${envelope()}, ${json(entry)})`;
  };
  const patient = (overrides: object): Attack => {
    const row = {
      patient_id: uuidv7(),
      display_name: 'M',
      birth_date: '1980-01-01',
      phone: '',
      alert: '',
      ...overrides,
    };
    return (tx) => tx`select holdfast_api.register_patient(${clinic.orgId}, ${envelope()}, ${json(row)})`;
  };
  const publish = (from: string, until: string, shift = 'shift_id'): Attack => {
    return (tx) =>
      tx.unsafe(`select set_config('holdfast.org_id', '${clinic.orgId}', true);
        select holdfast_api.publish_slots('${clinic.orgId}', array[${shift}], array[${from}]::timestamptz[], array[${until}]::timestamptz[]) from holdfast_read.shifts`);
  };
  const session = (until: string, user = clinic.userId, hash = "sha256('x')"): Attack => {
    return (tx) => tx.unsafe(`select holdfast_api.create_session('${clinic.orgId}', '${user}', ${hash}, ${until})`);
  };
  const text = (statement: string): Attack => {
    return (tx: Transaction) => tx.unsafe(statement);
  };
  const [org, person] = [`'${clinic.orgId}'::uuid`, `'${clinic.userId}'::uuid`];

  return [
    ['wish for ever', wish({ windows: ['[2031-03-03,)'] }), '23514'],
    ['wish until infinity', wish({ windows: ['[2031-03-03,infinity]'] }), '23514'],
    ['wish since ever', wish({ windows: ['(,2031-03-03)'] }), '23514'],
    ['wish for the year 9999', wish({ windows: ['[2031-03-03,9999-12-31)'] }), '23514'],
    ['wish for no window', wish({ windows: [] }), '23514'],
    ['wish for an empty window', wish({ windows: ['empty'] }), '23514'],
    ['wish for a window that is null', wish({ windows: [null] }), '23514'],
    ['wish for a provider of elsewhere', wish({ provider_ids: [other.providers[0]] }), 'HF006'],
    ['wish for a room as a provider', wish({ provider_ids: [clinic.rooms[0]] }), 'HF006'],
    ['wish for a patient of elsewhere', wish({ patient_id: other.patients[0] }), '23503'],
    ['wish with an urgency that is none', wish({ urgency: 'now' }), '23514'],
    ['register somebody born at infinity', patient({ birth_date: 'infinity' }), '23502'],
    ['register somebody born in 1066', patient({ birth_date: '1066-10-14' }), '23514'],
    ['register somebody born at no time', patient({ birth_date: null }), '23502'],
    ['register nobody', patient({ display_name: '' }), '23514'],
    ['register a patient over another', patient({ patient_id: clinic.patients[0] }), '23505'],
    ['publish slots to infinity', publish('now()', "'infinity'"), 'HF005'],
    ['publish slots from minus infinity', publish("'-infinity'", 'now()'), 'HF005'],
    ['publish slots of eleven years from now', publish(`${soon} '11 years'`, `${soon} '11 years 1 hour'`), 'HF005'],
    ['publish a stretch of two days', publish(`${soon} '1 day'`, `${soon} '3 days'`), 'HF005'],
    ['publish a stretch that ends before it begins', publish(`${soon} '2 days'`, `${soon} '1 day'`), 'HF005'],
    ['publish a stretch without an end', publish('now()', 'null::timestamptz'), 'HF005'],
    ['publish off the quarter', publish("'2031-03-03T07:01:00Z'", "'2031-03-03T08:01:00Z'"), '23514'],
    ['publish a shift that is none', publish('now()', `${soon} '1 hour'`, 'gen_random_uuid()'), 'HF006'],
    ['open a session of ten years', session(`${soon} '10 years'`), '23514'],
    ['open a session without end', session("'infinity'"), '23514'],
    ['open a session that is over', session("now() - interval '1 minute'"), '23514'],
    ['open a session of somebody elsewhere', session(`${soon} '1 hour'`, other.userId), 'HF006'],
    ['open a session by a short hash', session(`${soon} '1 hour'`, clinic.userId, "'\\x00'"), '23514'],
    ['invite a desk as nobody', text(`select holdfast_api.create_desk_pairing(${org}, null, sha256('c'))`), 'HF006'],
    [
      'invite a desk as somebody elsewhere',
      text(`select holdfast_api.create_desk_pairing(${org}, '${other.userId}', sha256('c'))`),
      'HF006',
    ],
    [
      'invite a desk by a short hash',
      text(`select holdfast_api.create_desk_pairing(${org}, ${person}, '\\x00')`),
      '23514',
    ],
    [
      'read the facts of ten years',
      text(
        `select holdfast_api.booking_facts(${org}, '${clinic.siteId}', '${clinic.services.plain}', null, null, null, now(), now() + interval '10 years', false, false)`,
      ),
      'HF005',
    ],
    [
      'read the facts of all time',
      text(
        `select holdfast_api.booking_facts(${org}, '${clinic.siteId}', '${clinic.services.plain}', null, null, null, '-infinity', 'infinity', false, false)`,
      ),
      'HF005',
    ],
    [
      'read a day of a year',
      text(
        `select holdfast_api.day_view(${org}, '${clinic.siteId}', '2031-03-03', '2031-01-01Z', '2032-01-01Z', true)`,
      ),
      'HF005',
    ],
    [
      'read a day without end',
      text(`select holdfast_api.day_view(${org}, '${clinic.siteId}', '2031-03-03', '2031-01-01Z', 'infinity', true)`),
      'HF005',
    ],
    ['read the whole feed', text(`select holdfast_api.feed_page(${org}, '0', 0, null, false)`), 'HF005'],
    ['read the feed backwards', text(`select holdfast_api.feed_page(${org}, '0', 0, -1, false)`), 'HF005'],
  ];
}
