import type { BookingError, BookingFacts, Placement, Request } from '../../core/domain/bookings/facts.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import type { SerializableOptions } from '../../db/pg/with-serializable.ts';
import type { NotCommitted } from '../commands/commit-command.ts';
import type { CommandContext } from '../commands/context.ts';
import { refuse, verdictOf } from '../commands/decide.ts';
import type { NoVerdict, Verdict } from '../commands/verdict.ts';

/** One way to bring a request into the calendar: a booking or a move. */
export interface PlacementAttempt {
  readonly appointmentId: string;
  /** Facts of now; null when there is no such service. */
  load(): Promise<BookingFacts | null>;
  decide(facts: BookingFacts): Result<Placement, BookingError>;
  /** What was asked, with nothing chosen by us. */
  request(facts: BookingFacts): Request;
  call(placement: Placement, options: SerializableOptions): Promise<Result<Verdict, NotCommitted>>;
}

/** Beyond this many lost races the caller is told to come back: someone else makes progress each time. */
const maxAttempts = 5;

function refusalOf(error: BookingError, request: Request): Verdict {
  return error.kind === 'conflict'
    ? { kind: 'conflict', request, blockers: error.blockers }
    : { kind: 'refused', reason: error.kind };
}

interface Look {
  readonly facts: BookingFacts;
  readonly decision: Result<Placement, BookingError>;
}

/**
 * Decides from facts, asks the judge, and decides afresh from new facts when the call lost a slot: what we chose may be
 * chosen otherwise, and what was named is then seen as taken. The refusal that is stored comes from facts that show a
 * blocker, never from the bare news that a swap was lost.
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
      // Where the same placement would be tried again. Another one, or none, is for the next turn, with these facts.
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
