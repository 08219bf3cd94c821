import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The line that `npm run serve` prints when it is ready. */
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
      return await fn(JSON.parse(line) as RunningServer);
    }
    throw new Error(`the server ended with ${await ended} before it was ready`);
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  }
}
