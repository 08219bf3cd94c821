import type { DayView } from '../../core/contract/calendar.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import type { Session } from '../../core/contract/session.ts';
import { ok, refused, type Result } from '../../core/domain/terms.ts';
import type { Store } from '../../db/sqlite/open-store.ts';
import type { DeskHandlers } from './answer-call.ts';
import { deskProblem, signInFirst, unintelligible, unreachable } from './desk-problem.ts';
import type { DeskServer } from './server/desk-server.ts';
import type { Reply } from './server/reply.ts';
import type { SessionKeeper } from './sessions/session-keeper.ts';
import { loadDay, writeDay } from './store/days.ts';
import { writeCommand } from './store/outbox.ts';
import { loadDeskId } from './store/settings.ts';
import type { LiveSync } from './sync/live-sync.ts';
import type { OutboxPusher } from './sync/push-outbox.ts';

/** Named points of the command path, for tests that stop the desk there. */
export interface DeskHooks {
  /** The command is on the disk; nothing was sent. */
  readonly stored?: () => void | Promise<void>;
  /** The server may have decided; the outbox does not know. */
  readonly answered?: () => void | Promise<void>;
}

export interface DeskParts {
  readonly store: Store;
  readonly server: DeskServer;
  readonly sessions: SessionKeeper;
  readonly live: LiveSync;
  readonly outbox: OutboxPusher;
  readonly hooks: DeskHooks;
}

/** What each desk call does. */
export function deskHandlers({ store, server, sessions, live, outbox, hooks }: DeskParts): DeskHandlers {
  const deskId = loadDeskId(store);

  return {
    async describe() {
      return ok({ deskId, person: sessions.current()?.person ?? null });
    },

    async signIn(credentials) {
      const result = resultOf(
        await server.askAsNobody((client, options) => client.sessions.create(credentials, options)),
      );
      if (!result.ok) return result;
      sessions.keep(result.value);
      live.follow(result.value);
      outbox.retryNow();
      return ok(result.value.person);
    },

    async signOut() {
      const session = sessions.current();
      if (session) {
        // The person leaves at once; whether the server hears of it is not worth a wait, its token expires by itself.
        void server.ask((client, options) => client.sessions.end(undefined, options));
        sessions.forget(session.token);
        live.follow(null);
      }
      return ok({});
    },

    async readDay(input) {
      const session = sessions.current();
      if (!session) return refused(signInFirst());
      const { orgId } = session.person;
      const reply = await server.ask((client, options) => client.calendar.day(input, options));
      if (reply.kind === 'answer') writeDay(store, orgId, reply.value);
      const kept = reply.kind === 'unreachable' ? loadDay(store, orgId, input.siteId, input.date) : null;
      return kept ? ok(asSeenBy(kept, session)) : resultOf(reply);
    },

    async searchPatients({ query }) {
      if (!sessions.current()) return refused(signInFirst());
      return resultOf(await server.ask((client, options) => client.patients.search({ query }, options)));
    },

    async send(typed) {
      const session = sessions.current();
      if (!session) return refused(signInFirst());
      if (typed.command.actorId !== session.person.userId) {
        return refused(
          deskProblem('forbidden', 'Somebody else has signed in meanwhile. Do it again as yourself.', null),
        );
      }
      if (writeCommand(store, session.person.orgId, typed) === 'reused') {
        return refused(deskProblem('command-reused', 'A new command needs an id of its own; nothing was sent.', null));
      }
      await hooks.stored?.();
      return ok(await outbox.decisionOn(typed.command.commandId));
    },
  };
}

function resultOf<T>(reply: Reply<T>): Result<T, DeskProblem> {
  switch (reply.kind) {
    case 'answer':
      return ok(reply.value);
    case 'problem':
      return refused(reply.problem);
    case 'unreachable':
      return refused(unreachable());
    case 'unintelligible':
      return refused(unintelligible());
  }
}

/** The store outlives sign-ins: what one person read is shown to another without what that one may not see. */
function asSeenBy(view: DayView, { person }: Session): DayView {
  return person.permissions.includes('read-patients') ? view : { ...view, patients: [] };
}
