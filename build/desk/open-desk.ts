import { findElectron } from './electron-binary.ts';
import { openBrowser } from './open-browser.ts';
import { ElectronEndedError, openElectron } from './open-electron.ts';
import type { OpenDesk, OpenDeskOptions } from './opened-desk.ts';

/**
 * Opens the desk in Electron when its program is on this machine or can be downloaded, else in the browser shell, which says
 * why. HOLDFAST_SHELL=electron repeats a try that failed before, HOLDFAST_SHELL=browser never tries.
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
