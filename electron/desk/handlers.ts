import { definitionOf } from '../../core/commands/list.ts';
import type { OutboxEntry, OutboxState } from '../../core/contract/desk/outbox-entry.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import type { Session } from '../../core/contract/session.ts';
import { withoutPatients } from '../../core/contract/without-patients.ts';
import { completeSignInName } from '../../core/domain/people/sign-in.ts';
import { readToken } from '../../core/domain/people/token-form.ts';
import { ok, refused, type Result } from '../../core/domain/terms.ts';
import type { DeskHandlers } from './answer-call.ts';
import { answerDay } from './days/answer-day.ts';
import { diagnosticsOf } from './diagnostics/read-diagnostics.ts';
import { resultOf } from './line/result-of.ts';
import { explainRefusal } from './outbox/explain-refusal.ts';
import { sendCommand } from './outbox/send-command.ts';
import type { DeskParts } from './parts.ts';
import { searchPatients } from './patients/search-patients.ts';
import { deskProblem, notAllowed, signInFirst } from './problems/problem.ts';
import { hasHadPeople, noteFirstPerson } from './sessions/first-person.ts';
import { loadCommand, loadOpenEntries, markResolved } from './store/outbox.ts';
import { readWaitlist } from './waitlist/read-waitlist.ts';

/** What each desk call does. */
export function deskHandlers(parts: DeskParts): DeskHandlers {
  const { serverUrl, deskId, store, server, sessions, pairings, signals, status, hooks } = parts;

  /** Answers a call for the person who is signed in; without one, by the problem `unauthenticated`. */
  const asPerson =
    <Input, T>(answer: (session: Session, input: Input) => Promise<Result<T, DeskProblem>>) =>
    async (input: Input): Promise<Result<T, DeskProblem>> => {
      const session = sessions.current();
      return session ? answer(session, input) : refused(signInFirst());
    };

  return {
    async describe() {
      const person = sessions.current()?.person ?? null;
      const pairing = pairings.current();
      const isDemo = pairing?.isDemo ?? false;
      return ok({ deskId, person, setUp: true, isPaired: pairing !== null, isNew: !hasHadPeople(store), isDemo });
    },

    async signIn(credentials) {
      const pairing = pairings.current();
      const handle = readToken(pairing?.deskToken ?? '')?.handle;
      // A server with several organizations does not know whom a user name without its handle means.
      const username = handle ? completeSignInName(credentials.username, handle) : credentials.username;
      const result = resultOf(
        await server.askAsNobody((client, options) => client.sessions.create({ ...credentials, username }, options)),
      );
      if (!result.ok) return result;
      const { orgId } = pairings.current() ?? {};
      if (orgId !== undefined && orgId !== result.value.person.orgId) {
        return refused(deskProblem('forbidden', 'This desk belongs to another organization than you.', null));
      }
      sessions.keep(result.value);
      noteFirstPerson(store);
      await hooks['signed-in']?.();
      signals.emit('identity-changed');
      return ok(result.value.person);
    },

    async signOut() {
      const session = sessions.current();
      if (session) {
        // The person need not wait for the server: a token of which the server does not hear expires by itself.
        void server.askAsPerson((client, options) => client.sessions.end(undefined, options));
        sessions.forget(session.token);
        signals.emit('identity-changed');
      }
      return ok({});
    },

    readDay: asPerson((session, day) => answerDay(parts, session, day)),

    searchPatients: asPerson((session, { query }) => searchPatients(parts, session, query)),

    send: asPerson((session, typed) => sendCommand(parts, session, typed)),

    readWaitlist: asPerson((session, { siteId }) => readWaitlist(parts, session, siteId)),

    readOutbox: asPerson(async ({ person }) => {
      const seesPatients = person.permissions.includes('read-patients');
      return ok(
        loadOpenEntries(store, person.orgId).map((stored): OutboxEntry => ({
          typed: stored.typed,
          state: stored.state as OutboxState,
          expected: stored.expected,
          patient: seesPatients ? stored.patient : null,
          problem: stored.problem && !seesPatients ? withoutPatients(stored.problem) : stored.problem,
          followsCommandId: stored.followsCommandId,
        })),
      );
    }),

    explainRefusal: asPerson((_session, { commandId }) => explainRefusal(parts, commandId)),

    resolveRefusal: asPerson(async ({ person }, { commandId, as }) => {
      // Only a person who may give such a command may deal with its refusal.
      const stored = loadCommand(store, commandId);
      const permission = stored && definitionOf(stored.typed.type).permission;
      if (permission && !person.permissions.includes(permission)) return refused(notAllowed(permission));
      markResolved(store, person.orgId, commandId, as);
      await hooks.resolved?.();
      status.outboxChanged();
      return ok({});
    }),

    async inviteDesk() {
      return resultOf(await server.askAsPerson((client, options) => client.desks.invite(undefined, options)));
    },

    async readStatus() {
      return ok(status.current());
    },

    async readDiagnostics() {
      return ok(diagnosticsOf(parts));
    },

    async readSetup() {
      return ok({ setup: { kind: 'given', serverUrl }, changeable: false });
    },

    async testSetup() {
      return refused(cannotBeSetUp());
    },

    async applySetup() {
      return refused(cannotBeSetUp());
    },
  };
}

const cannotBeSetUp = (): DeskProblem =>
  deskProblem('set-up-failed', 'Whoever started this desk said which server it uses: start it anew for another.', null);
