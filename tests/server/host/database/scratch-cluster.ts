import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

import { openDataFolder } from '../../../../server/host/data-folder.ts';
import { startEmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';
import type { EmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';

/** A folder below a 0700 folder, as `mktemp -d` makes it. It is removed after the test. */
export async function makeScratchDir(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'holdfast-scratch-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Starts a cluster in this process, as `npm start` does. It is stopped after the test. */
export async function startScratch(dataDir: string, options: { port?: number } = {}): Promise<EmbeddedPostgres> {
  const folder = await openDataFolder(dataDir);
  onTestFinished(folder.release);
  const server = await startEmbeddedPostgres({ dataDir, ...options });
  const stop = async () => {
    await server.stop();
    folder.release();
  };
  onTestFinished(stop);
  return { ...server, stop };
}

/**
 * Locks the folder, or starts a cluster there, in a process of its own that can be killed. Resolves when the process is
 * ready. A test that kills the holder of a cluster must start the cluster again, so that it is stopped in the end.
 */
export async function holdInChild(what: 'folder' | 'cluster', dataDir: string): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'hold-in-child.ts'), what, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const ready = new Promise<void>((resolve) => createInterface(child.stdout).once('line', () => resolve()));
  await Promise.race([
    ready,
    exited.then(() => {
      throw new Error('the child ended before its cluster was ready');
    }),
  ]);
  return { kill };
}
