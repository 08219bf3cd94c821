import { createHash } from 'node:crypto';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

export interface BuildOnceOptions {
  /** The folder that is made. */
  readonly outDir: string;
  /** Files and folders, from the project's root, whose content decides whether to build again. */
  readonly sources: readonly string[];
  /** Builds into `next`, which then takes the place of `outDir`. */
  readonly build: (next: string) => Promise<void>;
}

/** Builds unless what is there is what the sources already gave; says which it was. */
export async function buildOnce({ outDir, sources, build }: BuildOnceOptions): Promise<'built' | 'up to date'> {
  const hash = await hashSources(sources);
  if ((await readFile(path.join(outDir, '.sources'), 'utf8').catch(() => '')) === hash) return 'up to date';
  const next = `${outDir}.${process.pid}`;
  await build(next);
  await writeFile(path.join(next, '.sources'), hash);
  // Whole or not at all, also when two starts build at once.
  await rm(outDir, { recursive: true, force: true });
  await rename(next, outDir);
  return 'built';
}

async function hashSources(entries: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(entries.map(listFiles))).flat().toSorted()) {
    hash
      .update(`${file}\0`)
      .update(await readFile(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

async function listFiles(entry: string): Promise<string[]> {
  if (path.extname(entry) !== '') return [entry];
  const found = await readdir(path.join(root, entry), { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map((item) => path.relative(root, path.join(item.parentPath, item.name)));
}
