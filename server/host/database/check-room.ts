import { statfs } from 'node:fs/promises';
import path from 'node:path';

import type { SetupTest } from '../../../core/contract/desk/setup.ts';
import { PlainError } from '../../problems/plain-error.ts';
import { requirePostgresBinaries } from './postgres-binaries.ts';

/** The disk space that a clinic needs. The demo clinic takes a quarter of it; PostgreSQL sets aside some for its log. */
const minFreeBytes = 1_000_000_000;

/** Checks whether an embedded PostgreSQL runs on this PC and has room for its data in a folder, which may not exist yet. */
export async function checkRoom(dataDir: string): Promise<SetupTest['checks']> {
  try {
    requirePostgresBinaries();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    return [{ check: 'room', ok: false, detail: error.message }];
  }
  const free = await freeBytes(dataDir);
  const gigabytes = (free / 1e9).toFixed(1);
  const ok = free >= minFreeBytes;
  const detail = ok
    ? `${gigabytes} GB are free at ${dataDir}.`
    : `Only ${gigabytes} GB are free at ${dataDir}, and a clinic needs ${minFreeBytes / 1e9} GB. Make room on this disk.`;
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
