import { utilityProcess, type UtilityProcess } from 'electron';
import { z } from 'zod';

/** What the server's entry says: where it listens, or why it does not. Named in build/desk/serve-hosted.ts. */
const fromServer = z.union([z.strictObject({ url: z.url() }), z.strictObject({ failure: z.string() })]);

export interface HostedServer {
  /** The same over restarts: the desk keeps speaking to it. */
  readonly url: string;
  /** Lets requests under way finish, `patienceMs` at most, then kills. */
  close(): Promise<void>;
}

export interface HostedServerOptions {
  readonly entry: string;
  readonly log: (line: string) => void;
}

const patienceMs = 5_000;
const restartMs = 1_000;

/**
 * Runs the sync server in a process of its own, so that neither takes the other down; one that dies is started again on
 * its port. Which database it serves, the environment says (DATABASE_URL).
 * @throws with the server's own words where the first start fails
 */
export async function hostServer({ entry, log }: HostedServerOptions): Promise<HostedServer> {
  let closing = false;
  let child: UtilityProcess | null = null;
  let restart: NodeJS.Timeout | undefined;

  const start = (port: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const started = utilityProcess.fork(entry, [`--port=${port}`], {
        serviceName: 'Holdfast server',
        stdio: 'ignore',
      });
      child = started;
      started.on('message', (message) => {
        const said = fromServer.safeParse(message).data;
        if (said && 'url' in said) resolve(said.url);
        else reject(new Error(said?.failure ?? 'The server said something else than where it is.'));
      });
      started.once('exit', (code) => {
        child = null;
        reject(new Error(`The server ended (${code}) before it was ready.`));
      });
    });

  const url = await start('0');
  const watch = () =>
    child?.once('exit', (code) => {
      if (closing) return;
      log(`the hosted server ended (${code}); starting it again`);
      startAgain();
    });
  const startAgain = () => {
    restart = setTimeout(() => {
      start(new URL(url).port).then(watch, (error: unknown) => {
        log(`the hosted server did not start: ${error instanceof Error ? error.message : 'no reason'}`);
        if (!closing) startAgain();
      });
    }, restartMs);
  };
  watch();

  return {
    url,
    async close() {
      closing = true;
      clearTimeout(restart);
      const ending = child;
      if (!ending) return;
      await new Promise<void>((resolve) => {
        const kill = setTimeout(() => ending.kill(), patienceMs);
        ending.once('exit', () => {
          clearTimeout(kill);
          resolve();
        });
        ending.postMessage('close');
      });
    },
  };
}
