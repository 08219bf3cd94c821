import type { Appointment } from '../../core/calendar/appointment.ts';
import type { RefusalReason } from '../../core/contract/problem.ts';
import type { Blocker, Request } from '../../core/domain/bookings/facts.ts';

/**
 * What is stored under a command's id, and what a repeated command is answered with. A verdict holds ids only; names and
 * alternatives are looked up for each answer.
 */
export type Verdict =
  | { readonly kind: 'done'; readonly appointment: Appointment | null }
  | { readonly kind: 'conflict'; readonly request: Request; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'stale-version'; readonly appointmentId: string }
  | { readonly kind: 'status-conflict'; readonly appointmentId: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'not-found' };

/** Why a command gets no verdict: its id, or the id of the thing that it makes, was used before. */
export type NoVerdict = 'command-reused' | 'id-taken';
