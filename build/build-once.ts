import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

export interface BuildOnceOptions {
  /** The folder that is made. */
  readonly outDir: string;
  /** Files and folders, from the project's root. A change in one of them means a new build. */
  readonly sources: readonly string[];
  /** Builds into `next`, which then takes the place of `outDir`. */
  readonly build: (next: string) => Promise<void>;
}

/** Builds unless the sources are unchanged since the last build; says which of the two happened. */
export async function buildOnce({ outDir, sources, build }: BuildOnceOptions): Promise<'built' | 'up to date'> {
  const found = fingerprint(sources);
  if ((await readFile(path.join(outDir, '.sources'), 'utf8').catch(() => '')) === found) return 'up to date';
  const next = `${outDir}.${process.pid}`;
  await asProduction(() => build(next));
  await writeFile(path.join(next, '.sources'), found);
  // The rename swaps a whole folder in, also when two starts build at once.
  await rm(outDir, { recursive: true, force: true });
  await rename(next, outDir);
  return 'built';
}

/**
 * Builds for production also under a test runner, because `npm start` will show the same files. Bundlers read the variable,
 * or set it.
 */
async function asProduction(build: () => Promise<void>): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** By size and time, as make does: reading hundreds of files at each start would take longer than the start itself. */
function fingerprint(entries: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of entries.flatMap(listFiles).toSorted()) {
    const { size, mtimeMs } = statSync(path.join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

function listFiles(entry: string): string[] {
  if (path.extname(entry) !== '') return [entry];
  return readdirSync(path.join(root, entry), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(root, path.join(item.parentPath, item.name)));
}
