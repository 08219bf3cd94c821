import { implement } from '@orpc/server';
import type { FastifyBaseLogger } from 'fastify';

import type { Command, CommandType } from '../../core/contract/commands/list.ts';
import type { Outcome } from '../../core/contract/commands/outcome.ts';
import { routes } from '../../core/contract/routes.ts';
import type { Pool } from '../../db/pg/pool.ts';
import type { CommandHooks } from '../bookings/command-steps.ts';
import { handleCommand } from '../bookings/handle-command.ts';
import type { Feed } from '../calendar/feed.ts';
import type { Pokes } from '../calendar/pokes.ts';
import { actAtDesk } from '../desks/act-at-desk.ts';
import type { Desk, DeskRegister } from '../desks/desk-register.ts';
import { inviteDesk } from '../desks/invite-desk.ts';
import { pairDesk } from '../desks/pair-desk.ts';
import type { Metrics } from '../observe/metrics.ts';
import { searchPatients } from '../patients/search-patients.ts';
import type { Attempts } from '../sessions/attempts.ts';
import { loadPerson } from '../sessions/load-person.ts';
import type { SessionRegister, SignedIn } from '../sessions/session-register.ts';
import { signIn } from '../sessions/sign-in.ts';
import { loadWaitlist } from '../waitlist/load-waitlist.ts';
import { problem, ProblemError } from './problems.ts';
import { mustSpeakOurs } from './protocol-mismatch.ts';

/** What every route works with. */
export interface RouterDependencies {
  readonly pool: Pool;
  readonly metrics: Metrics;
  readonly sessions: SessionRegister;
  readonly desks: DeskRegister;
  readonly attempts: { readonly signIns: Attempts; readonly pairings: Attempts };
  readonly feed: Feed;
  readonly pokes: Pokes;
  readonly hooks?: CommandHooks | undefined;
}

/** What one request brings, access checked. */
export interface RequestContext {
  readonly requestId: string;
  readonly address: string;
  /** Whoever asks, where it is a person or a desk: one of the two. */
  readonly signedIn: SignedIn | null;
  readonly desk: Desk | null;
  readonly log: FastifyBaseLogger;
}

const { day: _servedByItself, ...calendar } = routes.calendar;
const served = { ...routes, calendar };

const busyRetrySeconds = 1;

function mustSignedIn({ signedIn }: RequestContext): SignedIn {
  if (!signedIn) throw new ProblemError(problem('unauthenticated', 'Sign in, and send the token.', null));
  return signedIn;
}

/** Whoever asks, a person or a desk, as much of them as reading needs. */
export function mustAsk(context: RequestContext): Pick<Desk, 'orgId' | 'permissions'> {
  return context.desk ?? mustSignedIn(context);
}

/** A desk has no session that ends. So that one that was shut out does not listen on for ever, it asks again. */
const deskStreamSeconds = 3600;

/** The contract, implemented; the day alone is served by itself. Every refusal leaves as a {@link ProblemError}. */
export function makeRouter(dependencies: RouterDependencies) {
  const { pool, metrics, sessions, desks, feed, pokes, hooks } = dependencies;
  const os = implement(served).$context<RequestContext>();

  async function decide<T extends CommandType>(type: T, input: Command<T>, context: RequestContext): Promise<Outcome> {
    const result = await handleCommand(
      { pool, metrics, hooks, afterCommit: pokes.poke },
      context.desk ? await actAtDesk(desks, context.desk, input) : mustSignedIn(context),
      type,
      input,
    );
    if (result.ok) return result.value;
    throw new ProblemError(result.error, result.error.code === 'busy' ? busyRetrySeconds : undefined);
  }

  return os.router({
    sessions: {
      create: os.sessions.create.handler(({ input, context }) =>
        signIn({ pool, sessions, attempts: dependencies.attempts.signIns }, input, context.address),
      ),
      current: os.sessions.current.handler(({ context }) => loadPerson(pool, mustSignedIn(context))),
      end: os.sessions.end.handler(async ({ context }) => {
        await sessions.end(mustSignedIn(context).sessionKey);
        return {};
      }),
    },
    calendar: {
      changes: os.calendar.changes.handler(async ({ input, context }) => {
        const { orgId, permissions } = mustAsk(context);
        mustSpeakOurs(input.protocol);
        return feed.pull(orgId, input.cursor, permissions.includes('read-patients'));
      }),
      pokes: os.calendar.pokes.handler(({ context, signal }) => {
        const left = signal ? [signal] : [];
        if (context.desk) {
          const timeIsUp = AbortSignal.timeout(deskStreamSeconds * 1000);
          return pokes.subscribe(context.desk.orgId, AbortSignal.any([timeIsUp, ...left]));
        }
        const { orgId, sessionKey, secondsLeft } = mustSignedIn(context);
        // A stream ends with its session, by sign-out or by time.
        const signedOut = new AbortController();
        const timeIsUp = AbortSignal.timeout(Math.ceil(secondsLeft) * 1000);
        const ends = AbortSignal.any([signedOut.signal, timeIsUp, ...left]);
        ends.addEventListener(
          'abort',
          sessions.onEnd(sessionKey, () => signedOut.abort()),
          { once: true },
        );
        return pokes.subscribe(orgId, ends);
      }),
    },
    patients: {
      search: os.patients.search.handler(({ input, context }) =>
        searchPatients(pool, mustAsk(context).orgId, input.query),
      ),
    },
    desks: {
      invite: os.desks.invite.handler(({ context }) => {
        const { orgId, userId } = mustSignedIn(context);
        return inviteDesk(pool, orgId, userId);
      }),
      pair: os.desks.pair.handler(({ input, context }) =>
        pairDesk({ pool, attempts: dependencies.attempts.pairings }, input, context.address),
      ),
    },
    waitlist: {
      list: os.waitlist.list.handler(({ input, context }) => {
        const { orgId, permissions } = mustAsk(context);
        return loadWaitlist(pool, { ...input, orgId, withPatients: permissions.includes('read-patients') });
      }),
    },
    commands: {
      book: os.commands.book.handler(({ input, context }) => decide('book', input, context)),
      move: os.commands.move.handler(({ input, context }) => decide('move', input, context)),
      cancel: os.commands.cancel.handler(({ input, context }) => decide('cancel', input, context)),
      'check-in': os.commands['check-in'].handler(({ input, context }) => decide('check-in', input, context)),
      'un-arrive': os.commands['un-arrive'].handler(({ input, context }) => decide('un-arrive', input, context)),
      reinstate: os.commands.reinstate.handler(({ input, context }) => decide('reinstate', input, context)),
      'raise-capacity': os.commands['raise-capacity'].handler(({ input, context }) =>
        decide('raise-capacity', input, context),
      ),
      'register-patient': os.commands['register-patient'].handler(({ input, context }) =>
        decide('register-patient', input, context),
      ),
      'join-waitlist': os.commands['join-waitlist'].handler(({ input, context }) =>
        decide('join-waitlist', input, context),
      ),
      'leave-waitlist': os.commands['leave-waitlist'].handler(({ input, context }) =>
        decide('leave-waitlist', input, context),
      ),
    },
  });
}
