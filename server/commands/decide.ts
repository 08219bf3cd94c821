import { Temporal } from 'temporal-polyfill';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Command, CommandType } from '../../core/commands/list.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import { quarterAtMilliseconds, quarterDuring } from '../../core/domain/time/quarter.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { Busy } from '../../db/pg/with-serializable.ts';
import type { CommandHooks } from './command-steps.ts';
import { refuseCall, type Envelope, type Judgement } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** What a decision works with: the database, the clock, and the steps at which a test may hold it. */
export interface DecisionContext {
  readonly pool: Pool;
  readonly session: { readonly orgId: string; readonly userId: string; readonly permissions: readonly Permission[] };
  readonly hooks?: CommandHooks | undefined;
  /** RFC 3339; the system's clock where it is left out. */
  readonly now?: (() => string) | undefined;
}

export function nowQuarter(context: DecisionContext): Quarter {
  return context.now ? quarterDuring(context.now()) : quarterAtMilliseconds(Temporal.Now.instant().epochMilliseconds);
}

/**
 * A decision's end: the verdict that stands under the command's id. Refusals that are not the command's own verdict, but
 * say that it was never a command of its own (an id used twice), are not stored.
 */
export type Decided =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'command-reused' }
  | { readonly kind: 'appointment-exists' }
  | { readonly kind: 'patient-exists' }
  | { readonly kind: 'waitlist-entry-exists' };

/** `left` is the visit as the command before this one left it, where this one follows another that left one. */
export type Decide<T extends CommandType> = (
  context: DecisionContext,
  command: Command<T>,
  envelope: Envelope,
  left: Appointment | null,
) => Promise<Decided>;

/** Stores the final refusal; where the command was decided before, that verdict wins. */
export async function refuse(context: DecisionContext, envelope: Envelope, verdict: Verdict): Promise<Decided> {
  await context.hooks?.at?.('before-refusal', 0, null);
  return settled(context, envelope, await refuseCall(verdict)(context.pool, context.hooks, envelope));
}

/** Turns what the call said into the decision, for every answer that no further attempt can change. */
export async function settled(
  context: DecisionContext,
  envelope: Envelope,
  judgement: Judgement,
  appointmentId = '',
): Promise<Decided> {
  switch (judgement.kind) {
    case 'decided':
      return { kind: 'verdict', verdict: judgement.verdict };
    case 'command-reused':
    case 'appointment-exists':
    case 'waitlist-entry-exists':
      return { kind: judgement.kind };
    case 'not-found':
      return refuse(context, envelope, { kind: 'not-found' });
    case 'stale-version':
    case 'status-conflict':
      return refuse(context, envelope, { kind: judgement.kind, appointmentId });
    case 'slot-lost':
    case 'patient-busy':
      // A slot that looks free in every snapshot and is lost in every call: someone is faster each time.
      throw new Busy(judgement.kind);
  }
}
