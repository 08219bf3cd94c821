import path from 'node:path';

import type { HostPlan } from '../../../core/contract/desk/host-messages.ts';
import type { SetupTest } from '../../../core/contract/desk/setup.ts';
import { askHost, endHost, type HostProcess, type SpawnHost } from './host-process.ts';

/** A sync server that this desk hosts, in a process of its own, so that neither takes the other down. */
export interface RunningHost {
  readonly folder: string;
  /** Lets the requests under way finish, and kills the server after five seconds. */
  close(): Promise<void>;
}

export interface StartedHost extends RunningHost {
  readonly url: string;
  readonly code: string;
  readonly firstSignIn: { readonly username: string; readonly password: string } | null;
}

export interface Host {
  check(plan: HostPlan): Promise<SetupTest['checks']>;
  /**
   * Starts the server for a desk that is new to it, and starts it again whenever it dies.
   * @throws HostFailedError with the server's own words where the first start fails
   */
  start(plan: HostPlan, onServing: OnServing): Promise<StartedHost>;
  /** Starts the server as at each start of the desk. A start that fails is tried again until the host is closed. */
  resume(plan: HostPlan, onServing: OnServing): RunningHost;
  /** The folder of a plan. Two servers never share a folder. */
  folderOf(plan: HostPlan): string;
}

/** Hears where the server listens, after each start: on its former port, or on another where that port is taken. */
export type OnServing = (url: string) => void;

export interface HostOptions {
  readonly spawn: SpawnHost;
  /** The desk's folder. The server's folder is made in it. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  readonly restartMs?: number;
}

const closeMs = 5_000;
const checkMs = 40_000;
/** Enough for cluster, schema and demo clinic on a slow PC, and for a schema's migration over years of visits. */
const serveMs = 600_000;

/** Runs sync servers. `spawn` comes from the shell, and starts a process on the host's entry. */
export function openHost({ spawn, dataDir, log, restartMs = 1_000 }: HostOptions): Host {
  const folderOf = (plan: HostPlan) => path.join(dataDir, folderName(plan));

  async function serve(process: HostProcess, plan: HostPlan, forNewDesk: boolean) {
    return askHost(process, { do: 'serve', plan, dataDir: folderOf(plan), forNewDesk }, 'serving', serveMs);
  }

  /** Starts the server again whenever its process has ended. `first` is a process that serves already. */
  function keepRunning(plan: HostPlan, onServing: OnServing, first: HostProcess | null): RunningHost {
    let closing = false;
    let process: HostProcess | null = first;
    let timer: NodeJS.Timeout | undefined;
    let lastReason = '';

    const startAgain = async () => {
      const started = spawn();
      process = started;
      try {
        const { url } = await serve(started, plan, false);
        lastReason = '';
        if (!closing) onServing(url);
        void watch(started);
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'no reason';
        // The same reason each second would fill the log.
        if (reason !== lastReason && !closing) log(`the hosted server did not start: ${reason}`);
        lastReason = reason;
        started.kill();
        await started.ended;
        again();
      }
    };
    const watch = async (watched: HostProcess) => {
      await watched.ended;
      if (!closing) log('the hosted server ended; starting it again');
      again();
    };
    const again = () => {
      process = null;
      if (!closing) timer = setTimeout(() => void startAgain(), restartMs);
    };
    if (first) void watch(first);
    else void startAgain();

    return {
      folder: folderOf(plan),
      async close() {
        closing = true;
        clearTimeout(timer);
        if (process) await endHost(process, closeMs);
      },
    };
  }

  return {
    folderOf,
    async check(plan) {
      const process = spawn();
      try {
        const message = { do: 'check', plan, dataDir: folderOf(plan) } as const;
        return (await askHost(process, message, 'checks', checkMs)).checks;
      } finally {
        await endHost(process, closeMs);
      }
    },
    async start(plan, onServing) {
      const process = spawn();
      try {
        const { url, newDesk } = await serve(process, plan, true);
        if (!newDesk) throw new Error('the host was asked for a code and gave none');
        return { ...keepRunning(plan, onServing, process), ...newDesk, url };
      } catch (error) {
        await endHost(process, closeMs);
        throw error;
      }
    },
    resume: (plan, onServing) => keepRunning(plan, onServing, null),
  };
}

/** The demo's invented people and a clinic's own people never share a database. */
function folderName(plan: HostPlan): string {
  if (plan.mode === 'central') return 'central-server';
  return plan.demo ? 'demo-clinic' : 'clinic';
}
