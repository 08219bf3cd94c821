import { Temporal } from 'temporal-polyfill';

import type { Actor } from '../../core/domain/people/actors.ts';
import { judgedAt } from '../../core/domain/sync/judged-at.ts';
import { quarterDuring, type Quarter } from '../../core/domain/time/quarter.ts';
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
  /** When a paired desk says that the command was made (core/domain/sync/judged-at.ts); null: nobody says so. */
  readonly claimedAt: string | null;
  readonly hooks?: CommandHooks | undefined;
}

export function nowInstant({ now }: Pick<DecisionContext, 'now'>): string {
  return now ? now() : Temporal.Now.instant().toString();
}

/** The quarter as of which the command is judged; `now` is the database's clock, RFC 3339. The call judges it again. */
export function judgedQuarter({ claimedAt }: Pick<CommandContext, 'claimedAt'>, now: string): Quarter {
  return quarterDuring(judgedAt(claimedAt, now));
}
