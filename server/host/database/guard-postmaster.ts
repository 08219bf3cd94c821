import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Stops the server (fast shutdown, as by `pg_ctl stop`) when this process is gone, however it went: a shell waits at a
 * pipe that only we hold. Returns how to call it off. Where there is no shell (Windows) a killed desk leaves its server
 * to the next start, which stops it first.
 */
export function guardPostmaster(clusterDir: string): () => void {
  if (process.platform === 'win32') return () => {};
  const pid = Number.parseInt(readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8'), 10);
  // In a session of its own, so that what ends our whole group leaves it alive.
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1" 2>/dev/null', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {});
  guard.unref();
  return () => guard.kill('SIGKILL');
}
