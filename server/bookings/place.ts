import type { BookingError, BookingFacts, Placement, Request } from '../../core/domain/bookings/facts.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import type { SerializableOptions } from '../../db/pg/with-serializable.ts';
import type { NotCommitted } from '../commands/commit-command.ts';
import type { CommandContext } from '../commands/context.ts';
import { refuse, verdictOf } from '../commands/decide.ts';
import type { NoVerdict, Verdict } from '../commands/verdict.ts';
import type { LoadedFacts } from './facts-from-row.ts';

/** One way to bring a request into the calendar: a booking, a move or a reinstatement. */
export interface PlacementAttempt {
  readonly appointmentId: string;
  /** Reads the facts as they are now; null where there is no such service. */
  load(): Promise<LoadedFacts | null>;
  decide(facts: LoadedFacts): Result<Placement, BookingError>;
  /** What the command asks, without what the decision chooses. */
  request(facts: BookingFacts): Request;
  call(placement: Placement, options: SerializableOptions): Promise<Result<Verdict, NotCommitted>>;
}

/** After this many lost races the answer is `busy`. Each lost race means that another command made progress. */
export const maxAttempts = 5;

function refusalOf(error: BookingError, request: Request): Verdict {
  return error.kind === 'conflict'
    ? { kind: 'conflict', request, blockers: error.blockers }
    : { kind: 'refused', reason: error.kind };
}

interface Look {
  readonly facts: LoadedFacts;
  readonly decision: Result<Placement, BookingError>;
}

/**
 * Decides from facts and makes the call. When the call loses a slot, decides again from new facts: another room may do, and a
 * named slot is then seen as taken. The stored refusal comes from facts that show a blocker, never from a lost swap alone.
 */
export async function place(context: CommandContext, attempt: PlacementAttempt): Promise<Result<Verdict, NoVerdict>> {
  let committed: Result<Verdict, NotCommitted> = refused('not-found');
  let latest: Look | null = null;
  const look = async (): Promise<Look | null> => {
    const facts = await attempt.load();
    latest = facts && { facts, decision: attempt.decide(facts) };
    return latest;
  };
  for (let tries = 0; tries < maxAttempts; tries++) {
    const seen: Look | null = latest ?? (await look());
    if (!seen) return refuse(context, { kind: 'not-found' });
    const { facts, decision } = seen;
    if (!decision.ok) {
      return refuse(context, refusalOf(decision.error, attempt.request(facts)));
    }
    latest = null;
    committed = await attempt.call(decision.value, {
      // Only the same placement is tried again within the call. Another placement, or none, is left to the next turn.
      isStillWorthIt: async () => {
        const again = await look();
        if (!again?.decision.ok || !isSame(again.decision.value, decision.value)) return false;
        latest = null;
        return true;
      },
    });
    if (committed.ok || (committed.error !== 'slot-lost' && committed.error !== 'patient-busy')) break;
  }
  return verdictOf(context, committed, attempt.appointmentId);
}

function isSame(a: Placement, b: Placement): boolean {
  return a.providerId === b.providerId && a.roomId === b.roomId && a.equipmentId === b.equipmentId;
}
