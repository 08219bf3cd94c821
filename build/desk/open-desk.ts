import { findElectron } from './electron-binary.ts';
import { openBrowser } from './open-browser.ts';
import { ElectronEndedError, openElectron } from './open-electron.ts';

export interface OpenDeskOptions {
  /** The server, and a one-time code that lets the desk in; null: the desk keeps its server itself, and can host one. */
  given: { readonly serverUrl: string; readonly pairingCode?: string } | null;
  dataDir: string;
  rendererDir: string;
  /** The browser shell's port of the last start: taken when it is free. */
  preferredPort?: number | undefined;
  /** False: start the browser shell, open no window. */
  window: boolean;
  env: NodeJS.ProcessEnv;
  onProgress?: (line: string) => void;
}

export interface OpenDesk {
  /** The browser shell's address, with its one-time token; the Electron shell has none. */
  url: string | undefined;
  port: number | undefined;
  /** Which shell it is and why, for the person who started it. */
  shell: string;
  opened: boolean;
  /** Resolves when the person closed the desk for good. */
  closedByHand: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the desk in Electron where its program is there or can be had, else in the browser shell, which says why.
 * HOLDFAST_SHELL=electron tries anew what failed before, HOLDFAST_SHELL=browser does not try.
 */
export async function openDesk(options: OpenDeskOptions): Promise<OpenDesk> {
  const { env, onProgress = () => {} } = options;
  const obstacle = findObstacle(options);
  if (obstacle !== undefined) return openBrowser(options, obstacle);
  const wish = env['HOLDFAST_SHELL'];
  if (wish === 'browser') return because('as HOLDFAST_SHELL asks', await openBrowser(options, undefined));

  const electron = await findElectron({ env, again: wish === 'electron', onProgress });
  if (electron.kind === 'missing') return because(electron.why, await openBrowser(options, undefined));
  try {
    return await openElectron(electron.program, options);
  } catch (error) {
    if (!(error instanceof ElectronEndedError)) throw error;
    return because(error.message, await openBrowser(options, undefined));
  }
}

const because = (why: string, desk: OpenDesk): OpenDesk => ({ ...desk, shell: `${desk.shell} (${why})` });

function findObstacle({ window, env }: OpenDeskOptions): string | undefined {
  if (!window) return 'no window, as asked';
  const needsDisplay = process.platform === 'linux';
  if (needsDisplay && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'this machine has no display';
  return undefined;
}
