import { statfs } from 'node:fs/promises';
import path from 'node:path';

import type { SetupTest } from '../../../core/contract/desk/setup.ts';
import { PlainError } from '../../problems/plain-error.ts';
import { mustFindPostgresBinaries } from './postgres-binaries.ts';

/** The demo clinic takes a quarter of it; PostgreSQL alone sets aside some for its log. */
const leastBytes = 1_000_000_000;

/** Whether a PostgreSQL of our own can keep its data in this folder, which need not be there yet. */
export async function checkRoom(dataDir: string): Promise<SetupTest['checks']> {
  try {
    mustFindPostgresBinaries();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    return [{ check: 'room', ok: false, detail: error.message }];
  }
  const free = await freeBytes(dataDir);
  const gigabytes = (free / 1e9).toFixed(1);
  const ok = free >= leastBytes;
  const detail = ok
    ? `${gigabytes} GB are free at ${dataDir}.`
    : `Only ${gigabytes} GB are free at ${dataDir}, and a clinic needs ${leastBytes / 1e9} GB. Make room on this disk.`;
  return [{ check: 'room', ok, detail }];
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    return freeBytes(path.dirname(folder));
  }
}
