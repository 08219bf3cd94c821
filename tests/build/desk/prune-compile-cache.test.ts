import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { pruneCompileCache } from '../../../build/desk/prune-compile-cache.ts';

const day = 86_400_000;
const now = Date.parse('2031-03-03T08:00:00Z');

async function scratchCache(
  files: Readonly<Record<string, { writtenDays: number; readDays: number }>>,
): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'holdfast-cache-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [name, { writtenDays, readDays }] of Object.entries(files)) {
    const file = path.join(dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'compiled');
    await utimes(file, (now - readDays * day) / 1000, (now - writtenDays * day) / 1000);
  }
  return dir;
}

test('what no start has used for 30 days goes, and with it the folder of a Node that is gone', async () => {
  const dir = await scratchCache({
    'v24/new': { writtenDays: 1, readDays: 1 },
    'v24/old-and-used': { writtenDays: 90, readDays: 29 },
    'v24/old': { writtenDays: 90, readDays: 31 },
    'v20/old': { writtenDays: 31, readDays: 31 },
  });
  await pruneCompileCache(dir, now);
  expect((await readdir(dir, { recursive: true })).toSorted()).toEqual(['v24', 'v24/new', 'v24/old-and-used']);
});

test('where there is no cache there is nothing to do', async () => {
  await expect(pruneCompileCache(path.join(tmpdir(), 'holdfast-no-such-cache'), now)).resolves.toBeUndefined();
});
