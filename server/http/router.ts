import { implement } from '@orpc/server';
import type { FastifyBaseLogger } from 'fastify';

import type { Command, CommandType } from '../../core/contract/commands/list.ts';
import type { Outcome } from '../../core/contract/commands/outcome.ts';
import { routes } from '../../core/contract/routes.ts';
import type { Pool } from '../../db/pg/pool.ts';
import type { SerializableHooks } from '../../db/pg/with-serializable.ts';
import { handleCommand } from '../bookings/handle-command.ts';
import { loadChanges } from '../calendar/load-changes.ts';
import { loadDay } from '../calendar/load-day.ts';
import type { Pokes } from '../calendar/pokes.ts';
import type { Metrics } from '../observe/metrics.ts';
import { searchPatients } from '../patients/search-patients.ts';
import { loadPerson } from '../sessions/load-person.ts';
import type { SessionRegister, SignedIn } from '../sessions/session-register.ts';
import type { SignInAttempts } from '../sessions/sign-in-attempts.ts';
import { signIn } from '../sessions/sign-in.ts';
import { problem, ProblemError } from './problems.ts';

/** What every route works with. */
export interface RouterDependencies {
  readonly pool: Pool;
  readonly metrics: Metrics;
  readonly sessions: SessionRegister;
  readonly attempts: SignInAttempts;
  readonly pokes: Pokes;
  /** Steps of a command's transaction, for tests that hold or break it there. */
  readonly hooks?: SerializableHooks | undefined;
}

/** What one request brings, access checked. */
export interface RequestContext {
  readonly requestId: string;
  readonly address: string;
  readonly signedIn: SignedIn | null;
  readonly log: FastifyBaseLogger;
}

const busyRetrySeconds = 1;

function mustSignedIn({ signedIn }: RequestContext): SignedIn {
  if (!signedIn) throw new ProblemError(problem('unauthenticated', 'Sign in, and send the token.', null));
  return signedIn;
}

/** The contract, implemented. Every refusal leaves as a {@link ProblemError}. */
export function makeRouter(dependencies: RouterDependencies) {
  const { pool, metrics, sessions, pokes, hooks } = dependencies;
  const os = implement(routes).$context<RequestContext>();

  async function decide<T extends CommandType>(type: T, input: Command<T>, context: RequestContext): Promise<Outcome> {
    const result = await handleCommand(
      { pool, metrics, hooks, afterCommit: pokes.poke },
      mustSignedIn(context),
      type,
      input,
    );
    if (result.ok) return result.value;
    throw new ProblemError(result.error, result.error.code === 'busy' ? busyRetrySeconds : undefined);
  }

  return os.router({
    sessions: {
      create: os.sessions.create.handler(({ input, context }) => signIn(dependencies, input, context.address)),
      current: os.sessions.current.handler(({ context }) => loadPerson(pool, mustSignedIn(context))),
      end: os.sessions.end.handler(async ({ context }) => {
        await sessions.end(mustSignedIn(context).sessionKey);
        return {};
      }),
    },
    calendar: {
      day: os.calendar.day.handler(({ input, context }) => {
        const { orgId, permissions } = mustSignedIn(context);
        return loadDay(pool, { ...input, orgId, withPatients: permissions.includes('read-patients') });
      }),
      changes: os.calendar.changes.handler(async ({ input, context }) => {
        const { changes, transactionsBehind } = await loadChanges(pool, mustSignedIn(context).orgId, input.cursor);
        metrics.feedPulled(transactionsBehind);
        return changes;
      }),
      pokes: os.calendar.pokes.handler(({ context, signal }) => {
        const { orgId, sessionKey, secondsLeft } = mustSignedIn(context);
        // A stream ends with its session, by sign-out or by time.
        const signedOut = new AbortController();
        const timeIsUp = AbortSignal.timeout(Math.ceil(secondsLeft) * 1000);
        const ends = AbortSignal.any([signedOut.signal, timeIsUp, ...(signal ? [signal] : [])]);
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
        searchPatients(pool, mustSignedIn(context).orgId, input.query),
      ),
    },
    commands: {
      book: os.commands.book.handler(({ input, context }) => decide('book', input, context)),
      move: os.commands.move.handler(({ input, context }) => decide('move', input, context)),
      cancel: os.commands.cancel.handler(({ input, context }) => decide('cancel', input, context)),
      'check-in': os.commands['check-in'].handler(({ input, context }) => decide('check-in', input, context)),
      'un-arrive': os.commands['un-arrive'].handler(({ input, context }) => decide('un-arrive', input, context)),
      'raise-capacity': os.commands['raise-capacity'].handler(({ input, context }) =>
        decide('raise-capacity', input, context),
      ),
      'register-patient': os.commands['register-patient'].handler(({ input, context }) =>
        decide('register-patient', input, context),
      ),
    },
  });
}
