import type { FromHost } from '../../core/contract/desk/host-messages.ts';

/** The channel between a desk and the process that hosts its server. */
export interface DeskLine {
  say(message: FromHost): void;
  listen(listener: (message: unknown) => void): void;
  /** Calls `end` when the desk has ended, also by SIGKILL. */
  onGone(end: () => void): void;
}

/** Opens the channel: the port of an Electron utility process, which Electron ends with itself, or that of a Node child. */
export function openDeskLine(): DeskLine {
  const { parentPort } = process as { parentPort?: Electron.ParentPort };
  if (parentPort) {
    return {
      say: (message) => parentPort.postMessage(message),
      listen: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
      onGone: () => {},
    };
  }
  return {
    say: (message) => process.send?.(message),
    listen: (listener) => void process.on('message', listener),
    onGone: (end) => void process.once('disconnect', end),
  };
}
