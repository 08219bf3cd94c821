import { toHost, type FromHost, type HostPlan } from '../../core/contract/desk/host-messages.ts';
import type { Credentials } from '../../core/contract/session.ts';
import { makePairingCode } from '../desks/invite-desk.ts';
import { PlainError } from '../problems/plain-error.ts';
import { checkCentral } from './database/check-central.ts';
import { checkRoom } from './database/check-room.ts';
import { openDeskLine } from './desk-line.ts';
import { makeFirstOrganization } from './first-organization.ts';
import { openStack, type SeedDatabase, type Stack } from './stack.ts';

/** The demo clinic: the function that fills an empty database, and the first sign-in. */
export interface Demo {
  readonly seed: SeedDatabase;
  readonly firstSignIn: Credentials | null;
  /** The country of its first site, which a new organization's site gets too until somebody is asked for it. */
  readonly country: string;
}

/**
 * Runs the sync server of a desk that hosts one. The process is Electron's utility process or a child of the browser shell;
 * core/contract/desk/host-messages.ts lists its messages. It ends with the desk, also where the desk is killed.
 */
export function serveHosted(demo: Demo): void {
  const line = openDeskLine();
  const ending = new AbortController();
  let opening: Promise<Stack> | null = null;

  async function obey(message: unknown): Promise<void> {
    try {
      const asked = toHost.parse(message);
      if (asked.do === 'close') await end();
      else if (asked.do === 'check') line.say(await check(asked.plan, asked.dataDir));
      else line.say(await serve(asked.plan, asked.dataDir, asked.forNewDesk));
    } catch (error) {
      if (!ending.signal.aborted) line.say({ said: 'failed', reason: reasonOf(error) });
    }
  }

  async function end(): Promise<void> {
    ending.abort();
    const stack = await opening?.catch(() => null);
    await stack?.close();
    process.exit(0);
  }

  async function check(plan: HostPlan, dataDir: string): Promise<FromHost> {
    return { said: 'checks', checks: await (plan.mode === 'central' ? checkCentral(plan) : checkRoom(dataDir)) };
  }

  async function serve(plan: HostPlan, dataDir: string, forNewDesk: boolean): Promise<FromHost> {
    const isDemo = plan.mode === 'embedded' && plan.demo;
    opening = openStack({
      dataDir,
      central: plan.mode === 'central' ? plan : undefined,
      seed: isDemo ? demo.seed : undefined,
      endsWithProcess: true,
      signal: ending.signal,
    });
    const { url, adminDatabaseUrl } = await opening;
    if (!forNewDesk) return { said: 'serving', url, newDesk: null };
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const firstSignIn = isDemo
      ? demo.firstSignIn
      : await makeFirstOrganization({ adminDatabaseUrl, timeZone, country: demo.country });
    const { code } = await makePairingCode({ adminDatabaseUrl });
    return { said: 'serving', url, newDesk: { code, firstSignIn } };
  }

  line.listen((message) => void obey(message));
  line.onGone(() => void end());
  process.on('SIGTERM', () => void end());
  // A terminal's Ctrl-C also reaches the desk, and the desk says when to close.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
}

/** The message of a PlainError, which is for a person; else name and code alone: other messages may quote the database. */
function reasonOf(error: unknown): string {
  if (error instanceof PlainError) return error.message;
  if (!(error instanceof Error)) return 'The server did not start.';
  const { code } = error as NodeJS.ErrnoException;
  return `The server did not start: ${[error.name, code].filter(Boolean).join(' ')}. Its last lines are in server.log.`;
}
