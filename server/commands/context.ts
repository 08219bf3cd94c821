import { Temporal } from 'temporal-polyfill';

import type { Actor } from '../../core/domain/people/actors.ts';
import { quarterAtMilliseconds, quarterDuring, type Quarter } from '../../core/domain/time/quarter.ts';
import type { Pool } from '../../db/pg/pool.ts';
import type { CommandHooks } from './command-steps.ts';
import type { Envelope } from './envelope.ts';

/** What reads for a decision: the database, the actor, the clock. */
export interface DecisionContext {
  readonly pool: Pool;
  readonly actor: Actor;
  /** The database's clock as this server last measured it, RFC 3339; the system's clock where it is left out. */
  readonly now?: (() => string) | undefined;
}

/** What a decision needs besides: the command's envelope, and the steps at which a test may hold it. */
export interface CommandContext extends DecisionContext {
  readonly envelope: Envelope;
  /** As of when the command is judged (core/domain/sync/judged-at.ts), RFC 3339. The call in the database judges it again. */
  readonly judgedAt: string;
  readonly hooks?: CommandHooks | undefined;
}

export function nowInstant({ now }: Pick<DecisionContext, 'now'>): string {
  return now ? now() : Temporal.Now.instant().toString();
}

export function nowQuarter({ now }: DecisionContext): Quarter {
  return now ? quarterDuring(now()) : quarterAtMilliseconds(Temporal.Now.instant().epochMilliseconds);
}
