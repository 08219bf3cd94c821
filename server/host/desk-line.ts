import type { FromHost } from '../../core/contract/desk/host-messages.ts';

/** The channel between a desk and the process that hosts its server. */
export interface DeskLine {
  say(message: FromHost): void;
  listen(listener: (message: unknown) => void): void;
  /** The desk has gone, be it by SIGKILL. */
  onGone(end: () => void): void;
}

/** Electron gives its utility processes a port of their own, and ends them with itself; Node's children have a channel. */
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
