import type postgres from 'postgres';

import { redefinition } from '../../builders/redefine.ts';

/** A wall that is taken away, and the complaint that the model must then make. */
export interface MissingWall {
  breakIt(owner: postgres.Sql): Promise<readonly string[]>;
  readonly complaint: RegExp;
  /** Replaces SERIALIZABLE. */
  readonly isolation?: string;
}

const comparison = [' and s.booked_count < s.capacity', ''] as const;
const constraintBehindTheSwap = ['alter table slots drop constraint slots_never_overbooked'];

/**
 * First a look for a free seat, then a count without a condition, as other systems do. This is safe as long as SERIALIZABLE
 * refuses the second of two transactions that looked at once.
 */
const lookThenCount = (owner: postgres.Sql) =>
  redefinition(owner, 'appointment_takes_effect', comparison, [
    '    update slots s set booked_count',
    `    if exists (
      select from held_stretches(new) h join slots s
        on s.org_id = new.org_id and s.resource_id = h.resource_id and s.starts_at >= h.from_at and s.starts_at < h.until_at
      where (not s.open or s.booked_count >= s.capacity) and new.appointment_id <> all (s.appointment_ids)
    ) then
      raise exception using errcode = 'HF001', message = 'slot is not free';
    end if;
    update slots s set booked_count`,
  ]);

export const lookBeforeCounting = async (owner: postgres.Sql) => [
  await lookThenCount(owner),
  ...constraintBehindTheSwap,
];

const redefined =
  (functionName: string, ...exchanges: readonly (readonly [string, string])[]) =>
  async (owner: postgres.Sql) => [await redefinition(owner, functionName, ...exchanges)];

export const missingWalls: Readonly<Record<string, MissingWall>> = {
  "the swap's comparison, with the constraint behind it": {
    breakIt: async (owner) => [
      await redefinition(owner, 'appointment_takes_effect', comparison),
      ...constraintBehindTheSwap,
    ],
    complaint: /was accepted, but is refused there: conflict taken[^]*no slot holds more visits than its capacity/,
  },
  "the swap's comparison alone": {
    breakIt: redefined('appointment_takes_effect', comparison),
    complaint: /was answered with 500: .*slots_never_overbooked/,
  },
  'SERIALIZABLE, where a look takes the place of the comparison': {
    breakIt: async (owner) => [
      ...(await lookBeforeCounting(owner)),
      await redefinition(owner, 'enter_command', ["<> 'serializable'", "= 'none'"]),
    ],
    isolation: 'isolation level read committed',
    complaint: /was accepted, but is refused there: conflict taken[^]*no slot holds more visits than its capacity/,
  },
  'the unique command id': {
    breakIt: () => Promise.resolve(['alter table commands drop constraint commands_pkey']),
    complaint: /its first sending|verdicts: there are/,
  },
  "the look at a known command's body": {
    breakIt: redefined('enter_command', ['known.body_hash <> c.body_hash', 'false']),
    complaint: /was decided under the id of another command/,
  },
  "the patient's key": {
    breakIt: () => Promise.resolve(['alter table patient_claims drop constraint patient_claims_one_visit_at_a_time']),
    complaint: /refused there: conflict patient-busy[^]*a patient is in one visit at a time/,
  },
  'the version of a move': {
    breakIt: redefined('move_appointment', ['before.version is distinct from p_version', 'false']),
    complaint: /was accepted, but is refused there: stale-version/,
  },
  'the status of a transition': {
    breakIt: redefined('set_appointment_status', [
      '(a.status = any (p_from)) is not true or not holds_slots(a.status)',
      'false',
    ]),
    complaint: /was accepted, but is refused there: status-conflict/,
  },
  'the release of slots': {
    breakIt: redefined('appointment_takes_effect', ['perform release_slots(old, new)', 'null']),
    complaint: /every appointment that a slot names holds it/,
  },
  'the end of what a no-show holds': {
    breakIt: redefined('appointment_takes_effect', [
      "* interval '1 minute', new.holds_until)",
      "* interval '1 minute', null)",
    ]),
    complaint: /every appointment that a slot names holds it/,
  },
  'the quarter in which a no-show was noted': {
    breakIt: redefined('set_appointment_status', ["interval '15 minutes' end", "interval '30 minutes' end"]),
    complaint: /no-show \d+ left/,
  },
  'the beginning of a visit that is missed': {
    breakIt: redefined('set_appointment_status', ['a.starts_at > judged', 'false']),
    complaint: /no-show \d+ was accepted, but is refused there: refused not-begun/,
  },
  'the slots of a buffer': {
    breakIt: redefined('appointment_takes_effect', [
      "new.ends_at + new.buffer_after_minutes * interval '1 minute'",
      'new.ends_at',
    ]),
    complaint: /every held slot names its appointment/,
  },
  'the higher of two capacities': {
    breakIt: redefined('raise_capacity', ['greatest(capacity, p_capacity)', 'p_capacity']),
    complaint: /slots: there are|slots_never_overbooked/,
  },
  'the visit that a message is of': {
    breakIt: redefined('tell_patient', [' and appointment_id = a.appointment_id', '']),
    complaint: /messages: there are/,
  },
  "the withdrawal of a visit's messages by its cancellation": {
    breakIt: redefined('tell_patient', [
      'command_id = any (of_visit) and sent_at is null',
      'false and sent_at is null',
    ]),
    complaint: /messages: there are/,
  },
  'what a visit was before it was cancelled': {
    breakIt: redefined('set_appointment_status', ["case p_to when 'cancelled' then a.status end", "'booked'"]),
    complaint: /reinstate \d+ left|appointments_cancelled_from/,
  },
  'the record of a change': {
    breakIt: redefined(
      'book_appointment',
      ['insert into changes', 'if false then insert into changes'],
      ['insert into outgoing_messages', 'end if; insert into outgoing_messages'],
    ),
    complaint: /a version is one change, fed once/,
  },
  'the verdict of what was done': {
    breakIt: redefined('settle_command', [
      'update commands set verdict = settle_command.verdict',
      'update commands set replayed_at = null',
    ]),
    complaint: /a command has a verdict/,
  },
};
