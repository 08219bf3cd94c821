import { fork } from 'node:child_process';

import type { HostProcess, SpawnHost } from '../desk/setup/host-process.ts';

/** Runs the host's entry in a child of this process. The child watches the channel, and ends when this process is gone. */
export function spawnHostBy(entry: string): SpawnHost {
  return (): HostProcess => {
    const child = fork(entry, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    });
    return {
      send(message) {
        // A child that has just ended is told by `ended`.
        if (child.connected) child.send(message, () => {});
      },
      onMessage: (listener) => void child.on('message', listener),
      ended,
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
