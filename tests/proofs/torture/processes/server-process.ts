import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { choosePort } from '../../../../server/host/database/free-port.ts';

export interface ServerProcess {
  readonly name: string;
  /** The port on which the server listens; null while it is down. */
  port(): number | null;
  /**
   * Starts the server until it is ready or `kill`ed, again and again while the database is away. Throws when it never comes
   * up.
   */
  start(): Promise<void>;
  /** Sends SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
}

const maxLaunches = 60;
const script = path.resolve(import.meta.dirname, '../../../../server/start-server.ts');

/** A sync server as in a deployment: a process of its own that gets its database by DATABASE_URL. */
export async function makeServerProcess(options: {
  readonly name: string;
  readonly databaseUrl: string;
  readonly logFile: string;
}): Promise<ServerProcess> {
  const { name, databaseUrl, logFile } = options;
  const port = await choosePort({});
  let child: ChildProcess | null = null;
  let exited = Promise.resolve();
  const state = { wanted: false, ready: false };

  function launch(): void {
    const log = openSync(logFile, 'a');
    const started = spawn(process.execPath, [script], {
      env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'warn' },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child = started;
    exited = new Promise((resolve) => {
      started.once('exit', () => {
        child = null;
        state.ready = false;
        resolve();
      });
    });
  }

  return {
    name,
    port: () => (state.ready ? port : null),
    async start() {
      state.wanted = true;
      let launches = 0;
      while (state.wanted && !state.ready) {
        // A server that cannot reach its database ends by itself, and is started again as by a supervisor.
        if (child === null) {
          if ((launches += 1) > maxLaunches) throw new Error(`${name} does not come up; see ${logFile}`);
          launch();
        }
        const alive = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => null);
        await alive?.body?.cancel();
        if (alive?.ok && child !== null) state.ready = true;
        else await pause(50);
      }
    },
    async kill() {
      state.wanted = false;
      child?.kill('SIGKILL');
      await exited;
    },
  };
}
