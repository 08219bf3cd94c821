import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Removes a postmaster.pid whose server no longer runs. PostgreSQL removes it itself, except where the file is empty (a crash
 * while it was written) and where its process id now belongs to another program of the same user. Call this only while you
 * hold the data folder's lock.
 */
export async function clearStalePostmaster(clusterDir: string): Promise<void> {
  const pidFile = path.join(clusterDir, 'postmaster.pid');
  let text: string;
  try {
    text = await readFile(pidFile, 'utf8');
  } catch {
    return;
  }
  // On Windows PostgreSQL probes a pipe that only its own servers have, so a reused process id does not mislead it.
  if (process.platform === 'win32') return;
  const pid = Number.parseInt(text, 10);
  if (Number.isInteger(pid) && mayBeServerOf(pid, clusterDir)) return;
  await rm(pidFile, { force: true });
}

/**
 * Whether a process may be the server of this folder. In doubt true: PostgreSQL then refuses to start. A wrong false would let
 * two servers write one folder.
 */
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
