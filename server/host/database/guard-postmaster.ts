import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Stops the server (fast shutdown, as `pg_ctl stop` does) when this process ends, also where the process is killed: a shell
 * waits at a pipe that only this process holds. Returns the function that ends the guard. Windows has no such shell: there a
 * killed desk leaves its server running, and the next start stops the server first.
 */
export function guardPostmaster(clusterDir: string): () => void {
  if (process.platform === 'win32') return () => {};
  const pid = Number.parseInt(readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8'), 10);
  // A session of its own keeps the guard alive when a signal ends our whole process group.
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1" 2>/dev/null', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {});
  guard.unref();
  return () => guard.kill('SIGKILL');
}
