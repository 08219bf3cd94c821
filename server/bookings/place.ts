import type { BookingError, BookingFacts, Placement, Request } from '../../core/domain/bookings/facts.ts';
import type { Result } from '../../core/domain/terms.ts';
import { refuse, settled, type Decided, type DecisionContext } from './decide.ts';
import type { Envelope, Judgement } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** One way to bring a request into the calendar: a booking or a move. */
export interface PlacementAttempt {
  readonly appointmentId: string;
  /** Facts of now; null when there is no such service. */
  load(): Promise<BookingFacts | null>;
  decide(facts: BookingFacts): Result<Placement, BookingError>;
  /** What was asked, with nothing chosen by us. */
  request(facts: BookingFacts): Request;
  call(placement: Placement): Promise<Judgement>;
}

/** Beyond this many lost races the caller is told to come back: someone else makes progress each time. */
const mostAttempts = 5;

function refusalOf(error: BookingError, request: Request): Verdict {
  return error.kind === 'conflict'
    ? { kind: 'conflict', request, blockers: error.blockers }
    : { kind: 'refused', reason: error.kind };
}

/**
 * Decides from facts, asks the judge, and decides afresh from new facts when the call lost a slot: what we chose may be
 * chosen otherwise, and what was named is then seen as taken. The refusal that is stored comes from facts that show a
 * blocker, never from the bare news that a swap was lost.
 */
export async function place(context: DecisionContext, envelope: Envelope, attempt: PlacementAttempt): Promise<Decided> {
  let judgement: Judgement = { kind: 'not-found' };
  for (let tries = 0; tries < mostAttempts; tries++) {
    const facts = await attempt.load();
    if (!facts) return refuse(context, envelope, { kind: 'not-found' });
    const decision = attempt.decide(facts);
    if (!decision.ok) {
      return refuse(context, envelope, refusalOf(decision.error, attempt.request(facts)));
    }
    judgement = await attempt.call(decision.value);
    if (judgement.kind !== 'slot-lost' && judgement.kind !== 'patient-busy') break;
  }
  return settled(context, envelope, judgement, attempt.appointmentId);
}
