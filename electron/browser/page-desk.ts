import type { WebSocket } from 'ws';

import { openDesk, type RunningDesk } from '../desk/open-desk.ts';
import { openInstallation } from '../desk/open-installation.ts';
import type { DeskOptions } from '../desk/options.ts';
import { answerSocket } from './answer-socket.ts';
import { keyFile } from './key-file.ts';
import { spawnHostBy } from './spawn-host.ts';

/** A desk of a given server; or one that keeps which server it uses, and can host one by the file `hostEntry`. */
export type ShownDesk =
  | Omit<DeskOptions, 'keys'>
  | (Omit<DeskOptions, 'keys' | 'serverUrl' | 'pairing' | 'pairingCode'> & {
      readonly serverUrl: null;
      readonly hostEntry: string;
    });

/** The desk behind the pages. Its key lies in a file beside its store. */
export interface PageDesk {
  /** Serves one page, until its socket closes. */
  serve(socket: WebSocket): void;
  close(): Promise<void>;
}

export async function openPageDesk(options: ShownDesk, log: (line: string) => void): Promise<PageDesk> {
  const desk = await openShown(options, log);
  return { serve: (socket) => answerSocket(socket, desk, log), close: () => desk.close() };
}

async function openShown(options: ShownDesk, log: (line: string) => void): Promise<RunningDesk> {
  if (options.serverUrl !== null) return openDesk({ ...options, keys: keyFile });
  const { serverUrl: _none, hostEntry, ...deskOptions } = options;
  return openInstallation({ ...deskOptions, keys: keyFile, spawnHost: spawnHostBy(hostEntry), log });
}
