import pg from 'pg';

import type { Command, CommandType } from '../../core/commands/list.ts';
import type { Placement } from '../../core/domain/bookings/facts.ts';
import { instantOf, minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import type { Pool, Transaction } from '../../db/pg/pool.ts';
import {
  Overtaken,
  withSerializable,
  type SerializableHooks,
  type SerializableOptions,
} from '../../db/pg/with-serializable.ts';
import { bodyHash, type Verdict } from './verdict.ts';

/** The database's type `command_envelope`. */
export type Envelope = Readonly<Record<string, string>>;

/** The actor is the session's, never what the body claims. */
export function envelopeOf<T extends CommandType>(
  type: T,
  command: Command<T>,
  session: { readonly orgId: string; readonly userId: string },
): Envelope {
  return {
    org_id: session.orgId,
    command_id: command.commandId,
    body_hash: bodyHash(type, command),
    command_type: type,
    actor_id: session.userId,
    desk_id: command.deskId,
    made_at: command.madeAt,
    ...(command.undoes === undefined ? {} : { undoes: command.undoes }),
  };
}

/** The database's row type `appointments`, as much of it as a booking or a move decides. */
export function appointmentRow(placement: Placement): Readonly<Record<string, unknown>> {
  return {
    appointment_id: placement.appointmentId,
    site_id: placement.siteId,
    patient_id: placement.patientId,
    service_id: placement.serviceId,
    provider_id: placement.providerId,
    room_id: placement.roomId,
    equipment_id: placement.equipmentId,
    starts_at: instantOf(placement.start),
    ends_at: instantOf(placement.end),
    buffer_before_minutes: placement.bufferBeforeQuarters * minutesPerQuarter,
    buffer_after_minutes: placement.bufferAfterQuarters * minutesPerQuarter,
    patient_may_overlap: placement.patientMayOverlap,
  };
}

/** What the call said: the verdict that now stands under the command's id, or why it wrote nothing. */
export type Judgement =
  | { readonly kind: 'decided'; readonly verdict: Verdict }
  | { readonly kind: 'slot-lost' }
  | { readonly kind: 'patient-busy' }
  | { readonly kind: 'appointment-exists' }
  | { readonly kind: 'waitlist-entry-exists' }
  | { readonly kind: 'stale-version' }
  | { readonly kind: 'status-conflict' }
  | { readonly kind: 'command-reused' }
  | { readonly kind: 'not-found' };

function judgementOf(error: pg.DatabaseError): Judgement | null {
  switch (error.code) {
    case 'HF001':
      return { kind: 'slot-lost' };
    case 'HF002':
      return { kind: 'stale-version' };
    case 'HF003':
      return { kind: 'status-conflict' };
    case 'HF004':
      return { kind: 'command-reused' };
    case 'HF006':
    case '23503':
      return { kind: 'not-found' };
    case '23505':
      if (error.constraint === 'patient_claims_one_visit_at_a_time') return { kind: 'patient-busy' };
      if (error.constraint === 'appointments_pkey') return { kind: 'appointment-exists' };
      if (error.constraint === 'waitlist_entries_pkey') return { kind: 'waitlist-entry-exists' };
      // The wall behind the swap. Reaching it means that the swap let two through; it is a lost slot all the same.
      if (error.constraint === 'claims_one_per_seat') return { kind: 'slot-lost' };
      return null;
    default:
      return null;
  }
}

/** Runs one of the calls by which commands write as the judge. Expected refusals are values; Busy and bugs throw. */
export async function judge(
  pool: Pool,
  hooks: SerializableHooks | undefined,
  call: (tx: Transaction) => Promise<readonly { verdict: Verdict }[]>,
  options?: SerializableOptions,
): Promise<Judgement> {
  try {
    const [row] = await withSerializable(pool, call, hooks, options);
    if (!row) throw new Error('the call returned no row');
    return { kind: 'decided', verdict: row.verdict };
  } catch (error) {
    if (error instanceof Overtaken) return { kind: 'slot-lost' };
    const judgement = error instanceof pg.DatabaseError ? judgementOf(error) : null;
    if (!judgement) throw error;
    return judgement;
  }
}

type Judge = (pool: Pool, hooks: SerializableHooks | undefined, envelope: Envelope) => Promise<Judgement>;

export function bookCall(placement: Placement, options?: SerializableOptions): Judge {
  return (pool, hooks, envelope) =>
    judge(
      pool,
      hooks,
      (tx) => tx`select holdfast_api.book_appointment(
        ${envelope}::jsonb,
        ${appointmentRow(placement)}::jsonb) as verdict`,
      options,
    );
}

export function moveCall(placement: Placement, version: number, options?: SerializableOptions): Judge {
  return (pool, hooks, envelope) =>
    judge(
      pool,
      hooks,
      (tx) => tx`select holdfast_api.move_appointment(
        ${envelope}::jsonb, ${version},
        ${appointmentRow(placement)}::jsonb) as verdict`,
      options,
    );
}

export function transitionCall(
  appointmentId: string,
  from: readonly string[],
  to: string,
  reason: string | null,
): Judge {
  return (pool, hooks, envelope) =>
    judge(
      pool,
      hooks,
      (tx) => tx`select holdfast_api.set_appointment_status(
        ${envelope}::jsonb,
        ${appointmentId}, ${from}, ${to}, ${reason}) as verdict`,
    );
}

export function raiseCapacityCall(
  resourceId: string,
  starts: readonly string[],
  capacity: number,
  reason: string,
): Judge {
  return (pool, hooks, envelope) =>
    judge(
      pool,
      hooks,
      (tx) => tx`select holdfast_api.raise_capacity(
        ${envelope}::jsonb,
        ${resourceId}, ${starts}::timestamptz[], ${capacity}, ${reason}) as verdict`,
    );
}

/** Enters a final refusal, in a transaction of its own; a verdict that is already there wins. */
export function refuseCall(verdict: Verdict): Judge {
  return (pool, hooks, envelope) =>
    judge(
      pool,
      hooks,
      (tx) => tx`select holdfast_api.refuse_command(
        ${envelope}::jsonb, ${verdict}::jsonb) as verdict`,
    );
}
