import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';

const keptDays = 30;
const millisecondsPerDay = 86_400_000;

/**
 * Takes out what a compile cache has not been asked for in 30 days: Node adds a file for each version of each source, and
 * takes none away. Where the disk keeps no time of reading, a file goes 30 days after it was written, and the next start
 * makes it anew. Never throws: the cache is for speed alone, and another start may prune at the same time.
 */
export async function pruneCompileCache(dir: string, nowMilliseconds: number): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const used = await stat(file).catch(() => null);
    const age = used && nowMilliseconds - Math.max(used.atimeMs, used.mtimeMs);
    if (age !== null && age > keptDays * millisecondsPerDay) await rm(file, { force: true }).catch(() => {});
  }
  // A folder for each version of Node: rmdir takes only an empty one.
  for (const entry of entries.filter((found) => found.isDirectory())) {
    await rmdir(path.join(entry.parentPath, entry.name)).catch(() => {});
  }
}
