import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Removes a postmaster.pid that no server of this folder stands behind. PostgreSQL does so itself, except when the file
 * is empty (a crash while it was written) or when its process id now belongs to another program of the same user.
 * Call it only while holding the data folder's lock.
 */
export async function clearStalePostmaster(clusterDir: string): Promise<void> {
  const pidFile = path.join(clusterDir, 'postmaster.pid');
  let text: string;
  try {
    text = await readFile(pidFile, 'utf8');
  } catch {
    return;
  }
  // On Windows PostgreSQL probes through a pipe that only its own servers have, so it cannot be misled.
  if (process.platform === 'win32') return;
  const pid = Number.parseInt(text, 10);
  if (Number.isInteger(pid) && mayBeServerOf(pid, clusterDir)) return;
  await rm(pidFile, { force: true });
}

/** In doubt yes: PostgreSQL then refuses to start, where a wrong no would let two servers write one folder. */
function mayBeServerOf(pid: number, clusterDir: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const args = argsOf(pid);
  return args === undefined || (args.includes('postgres') && args.includes(clusterDir));
}

function argsOf(pid: number): string | undefined {
  try {
    // Slim containers have no `ps`.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
