import { createHash } from 'node:crypto';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
export const rendererDir = path.join(root, 'out', 'renderer');
const stamp = path.join(rendererDir, '.sources');

/** Builds the renderer into out/renderer unless that is what its sources already gave; says which it was. */
export async function buildRenderer(): Promise<'built' | 'up to date'> {
  const sources = await hashSources(['renderer', 'core', 'package-lock.json']);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === sources) return 'up to date';
  // Vite takes half a second to load, which a second start need not spend.
  const { build } = await import('vite');
  const next = `${rendererDir}.${process.pid}`;
  await build({
    root: path.join(root, 'renderer'),
    configFile: path.join(root, 'renderer', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: next, emptyOutDir: true },
  });
  await writeFile(path.join(next, '.sources'), sources);
  // Whole or not at all, also when two starts build at once.
  await rm(rendererDir, { recursive: true, force: true });
  await rename(next, rendererDir);
  return 'built';
}

async function hashSources(entries: string[]): Promise<string> {
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
