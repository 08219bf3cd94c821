import { implement } from '@orpc/server';

import { byCommandType, type Command, type CommandType } from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import { routes } from '../../core/contract/routes.ts';
import { personActor } from '../../core/domain/people/actors.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { bringNews } from '../calendar/bring-news.ts';
import type { Feed } from '../calendar/feed.ts';
import type { Pokes } from '../calendar/pokes.ts';
import type { CommandHooks } from '../commands/command-steps.ts';
import { actAtDesk } from '../desks/act-at-desk.ts';
import type { DeskRegister } from '../desks/desk-register.ts';
import { inviteDesk } from '../desks/invite-desk.ts';
import { pairDesk } from '../desks/pair-desk.ts';
import type { Attempts } from '../limits/attempts.ts';
import type { Metrics } from '../observe/metrics.ts';
import { searchPatients } from '../patients/search-patients.ts';
import { ProblemError } from '../problems/problems.ts';
import { requireOurProtocol } from '../problems/protocol-mismatch.ts';
import { loadPerson } from '../sessions/load-person.ts';
import type { SessionRegister } from '../sessions/session-register.ts';
import { signIn } from '../sessions/sign-in.ts';
import { loadWaitlist } from '../waitlist/load-waitlist.ts';
import { handleCommand } from './handle-command.ts';
import { listenerOf } from './listener.ts';
import { requireCaller, requireSignedIn, type RequestContext } from './request-context.ts';

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
  /** RFC 3339; the system's clock where it is left out. */
  readonly now?: (() => string) | undefined;
}

const { day: _servedByItself, ...calendar } = routes.calendar;
const served = { ...routes, calendar };

const busyRetrySeconds = 1;

/** Implements the contract, except for the day, which has a route of its own. Every refusal leaves as a {@link ProblemError}. */
export function makeRouter(dependencies: RouterDependencies) {
  const { pool, metrics, sessions, desks, feed, pokes, hooks, now } = dependencies;
  const os = implement(served).$context<RequestContext>();

  async function decide<T extends CommandType>(type: T, input: Command<T>, context: RequestContext): Promise<Outcome> {
    const result = await handleCommand(
      { pool, metrics, hooks, now, afterCommit: pokes.poke },
      context.desk ? await actAtDesk(desks, context.desk, input) : personActor(requireSignedIn(context)),
      type,
      input,
      context.desk !== null,
    );
    if (result.ok) return result.value;
    throw new ProblemError(result.error, result.error.code === 'busy' ? busyRetrySeconds : undefined);
  }

  // Routes and commands come from one list by their type; TypeScript cannot follow the pair through the union.
  const decided = byCommandType((type) =>
    (os.commands[type] as typeof os.commands.book).handler(({ input, context }) => decide(type, input, context)),
  ) as unknown as { readonly [T in CommandType]: ReturnType<(typeof os.commands)[T]['handler']> };

  return os.router({
    sessions: {
      create: os.sessions.create.handler(({ input, context }) =>
        signIn({ pool, sessions, attempts: dependencies.attempts.signIns }, input, context.address),
      ),
      current: os.sessions.current.handler(({ context }) => loadPerson(pool, requireSignedIn(context))),
      end: os.sessions.end.handler(async ({ context }) => {
        await sessions.end(requireSignedIn(context).sessionKey);
        return {};
      }),
    },
    calendar: {
      changes: os.calendar.changes.handler(async ({ input, context }) => {
        const { orgId, permissions } = requireCaller(context);
        requireOurProtocol(input.protocol);
        return feed.pull(orgId, input.cursor, permissions.includes('read-patients'));
      }),
      pokes: os.calendar.pokes.handler(({ input, context, signal }) => {
        requireOurProtocol(input.protocol);
        const listener = listenerOf(dependencies, context, signal);
        const poked = pokes.subscribe(listener.orgId, listener.ends);
        return input.protocol === undefined ? poked : bringNews(feed, poked, listener);
      }),
    },
    patients: {
      search: os.patients.search.handler(({ input, context }) =>
        searchPatients(pool, requireCaller(context).orgId, input.query),
      ),
    },
    desks: {
      invite: os.desks.invite.handler(({ context }) => {
        const signedIn = requireSignedIn(context);
        return inviteDesk(pool, signedIn, signedIn.userId);
      }),
      pair: os.desks.pair.handler(({ input, context }) =>
        pairDesk({ pool, attempts: dependencies.attempts.pairings }, input, context.address),
      ),
    },
    waitlist: {
      list: os.waitlist.list.handler(({ input, context }) => {
        const { orgId, permissions } = requireCaller(context);
        return loadWaitlist(pool, { ...input, orgId, withPatients: permissions.includes('read-patients') });
      }),
    },
    commands: decided,
  });
}
