import { deskCalls, type Desk } from '../../core/contract/desk/calls.ts';
import type { SetupApplied, SetupChoice } from '../../core/contract/desk/setup.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import { ok, refused, type Result } from '../../core/domain/terms.ts';
import { answerCall, type DeskCaller, type DeskHandlers } from './answer-call.ts';
import { openChangingDesk } from './changing-desk.ts';
import { openDesk, type RunningDesk } from './open-desk.ts';
import type { DeskOptions } from './options.ts';
import { deskProblem } from './problems/problem.ts';
import { findDeskId } from './setup/find-desk-id.ts';
import { HostFailedError, type SpawnHost } from './setup/host-process.ts';
import { openHost, type RunningHost, type StartedHost } from './setup/host.ts';
import { keepServer, openKeptServer, shownOf, type KnownServer } from './setup/known-server.ts';
import { openSecrets } from './setup/secrets.ts';
import { loadKept, writeKept } from './setup/setup-file.ts';
import { openKnownPairings, planOf, testChoice } from './setup/test-choice.ts';
import { tryCode, type Pairing } from './setup/try-code.ts';

export interface InstallationOptions extends Omit<DeskOptions, 'serverUrl' | 'pairing' | 'pairingCode'> {
  readonly spawnHost: SpawnHost;
  readonly log: (line: string) => void;
}

/**
 * Opens the desk of one folder, which keeps in that folder which server it uses: one elsewhere, or one that the desk hosts.
 * Until the server is known, the desk answers only the calls of the setup. The server can change while pages look at the desk.
 * @throws what openDesk throws
 */
export async function openInstallation(options: InstallationOptions): Promise<RunningDesk> {
  const { spawnHost, log, ...deskOptions } = options;
  const { dataDir, keys } = deskOptions;
  const secrets = openSecrets(keys.loadKey(dataDir));
  const host = openHost({ spawn: spawnHost, dataDir, log });
  const desk = openChangingDesk();
  const known = openKnownPairings();
  const { deskId, server: kept } = loadKept(dataDir) ?? {
    deskId: findDeskId(dataDir, keys.loadKey(dataDir)),
    server: null,
  };
  let server: KnownServer | null = null;
  let hosting: RunningHost | null = null;
  let applying: Promise<unknown> = Promise.resolve();
  let closed = false;

  const open = (serverUrl: string, pairing: Pairing) => () => openDesk({ ...deskOptions, serverUrl, pairing });

  function keep(next: KnownServer): void {
    writeKept(dataDir, { deskId, server: keepServer(next, secrets) });
    server = next;
  }

  /** The hosted server listens at another address: another program took its port meanwhile. */
  function moved(url: string): void {
    if (closed || !server || server.url === url) return;
    keep({ ...server, url });
    desk.change(open(url, server.pairing)).catch(() => log('the desk could not be opened on its new address'));
  }

  async function test(choice: SetupChoice) {
    const tested = await testChoice(choice, { host, deskId, known });
    // The server knows one token of each desk, and the test has just replaced the token that this desk used.
    if (tested.pairing && server?.pairing.orgId === tested.pairing.orgId) {
      keep({ ...server, pairing: tested.pairing });
      await desk.change(open(server.url, tested.pairing));
    }
    return tested;
  }

  async function apply(choice: SetupChoice): Promise<Result<SetupApplied, DeskProblem>> {
    const { checks, pairing } = await test(choice);
    const failed = checks.find((check) => !check.ok);
    if (failed) return refused(setUpFailed(failed.detail));

    const plan = planOf(choice);
    const before = hosting;
    let started: StartedHost | null = null;
    try {
      if (plan && hosting?.folder === host.folderOf(plan)) {
        await hosting.close();
        hosting = null;
      }
      if (plan) started = await host.start(plan, moved);
      const letIn = pairing ?? (await requirePairing(started, deskId));
      if (closed) throw new HostFailedError('The desk was closed meanwhile.');
      const url = started?.url ?? (choice.kind === 'connect' ? choice.serverUrl.replace(/\/+$/, '') : '');
      const isOther = server?.pairing.orgId !== letIn.orgId;
      keep({ shown: shownOf(choice, letIn), url, plan, pairing: letIn });
      hosting = started;
      await desk.change(open(url, letIn), async (old) => {
        // A person of the old organization is unknown in the new one.
        if (isOther) await old.answer('signOut', {});
      });
    } catch (error) {
      await started?.close();
      if (before && !hosting && server) resumeHosting(server);
      if (error instanceof HostFailedError) return refused(setUpFailed(error.message));
      throw error;
    }
    if (before && before.folder !== started?.folder) await before.close();
    return ok({ firstSignIn: started?.firstSignIn ?? null });
  }

  function resumeHosting({ plan }: KnownServer): void {
    if (plan) hosting = host.resume(plan, moved);
  }

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = applying.then(act);
    applying = done.catch(() => {});
    return done;
  };
  const setupCalls: Pick<DeskHandlers, 'readSetup' | 'testSetup' | 'applySetup'> = {
    readSetup: async () => ok({ setup: server?.shown ?? null, changeable: true }),
    testSetup: async (choice) => {
      const { ok: fits, checks } = await inTurn(() => test(choice));
      return ok({ ok: fits, checks });
    },
    applySetup: (choice) => inTurn(() => apply(choice)),
  };
  const withoutServer: DeskHandlers = {
    ...allRefused(),
    ...setupCalls,
    describe: async () => ok({ deskId, person: null, setUp: false, isPaired: false, isNew: true, isDemo: false }),
  };

  if (kept) server = openKeptServer(kept, deskId, secrets);
  else writeKept(dataDir, { deskId, server: null });
  if (kept && !server) log('desk.json cannot be opened with the key of this desk: it asks for its server again');
  if (server) {
    await desk.change(open(server.url, server.pairing));
    // The desk shows the days that it holds while its server still starts.
    resumeHosting(server);
  }

  const answer: RunningDesk['answer'] = async (name, input) => {
    const current = await desk.current();
    const isSetup = Object.hasOwn(setupCalls, name);
    if (current && !isSetup) return current.answer(name, input);
    return answerCall(withoutServer, current?.caller() ?? nobody, name, input);
  };
  return {
    answer,
    call: answer as Desk['call'],
    listen: desk.listen,
    async close() {
      closed = true;
      await desk.close();
      await hosting?.close();
    },
  };
}

/** The caller at a desk that has no server yet: nobody can be signed in there. */
const nobody: DeskCaller = { person: null, isNew: () => true };

async function requirePairing(started: StartedHost | null, deskId: string): Promise<Pairing> {
  if (!started) throw new Error('neither a code nor a server of its own');
  const paired = await tryCode(started.url, started.code, deskId);
  if (!paired.ok) throw new HostFailedError(paired.error);
  return paired.value;
}

function allRefused(): DeskHandlers {
  const refuse = async () =>
    refused(deskProblem('set-up-first', 'Say first where this desk gets its data from: reload the page.', null));
  return Object.fromEntries(Object.keys(deskCalls).map((name) => [name, refuse])) as unknown as DeskHandlers;
}

const setUpFailed = (detail: string): DeskProblem => deskProblem('set-up-failed', detail, null);
