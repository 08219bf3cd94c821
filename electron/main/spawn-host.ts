import { utilityProcess } from 'electron';

import type { HostProcess, SpawnHost } from '../desk/setup/host-process.ts';

/** Runs the host's entry in a utility process. Electron ends the process with the app, in whatever way the app ends. */
export function spawnHostBy(entry: string): SpawnHost {
  return (): HostProcess => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Holdfast server', stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      ended,
      kill: () => void child.kill(),
    };
  };
}
