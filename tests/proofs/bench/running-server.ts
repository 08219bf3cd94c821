import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A server that `npm run serve` runs, and the addresses of its database. */
export interface RunningServer {
  readonly url: string;
  readonly databaseUrl: string;
  readonly adminDatabaseUrl: string;
}

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Runs database and server as processes of their own on a new data folder, so that the load generator does not share their
 * event loop. Progress goes to stderr. When `fn` ends, both are stopped and the folder is removed.
 */
export async function withRunningServer<T>(fn: (server: RunningServer) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-load-'));
  const child = spawn(process.execPath, [path.join(root, 'build/commands/serve.ts'), '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { url, connections } = JSON.parse(line) as { readonly url: string; readonly connections: string };
      const addresses = JSON.parse(await readFile(connections, 'utf8')) as Omit<RunningServer, 'url'>;
      return await fn({ url, ...addresses });
    }
    throw new Error(`the server ended with ${await ended} before it was ready`);
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  }
}
