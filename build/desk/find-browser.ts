import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'brave-browser',
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * A browser of the Chromium family on this machine, or undefined. HOLDFAST_BROWSER, a path, comes before the default places.
 */
export function findBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string | undefined {
  const named = env['HOLDFAST_BROWSER'];
  return [...(named ? [named] : []), ...defaultPlaces(env, platform)].find(isExecutable);
}

/**
 * Like `findBrowser`, for callers that need pages and no window. Chromium's headless shell draws a page without the bars and
 * buttons of a window, which are pages themselves and cost as much. When it is missing, any browser does.
 */
export function findHeadlessBrowser(env: NodeJS.ProcessEnv): string | undefined {
  const shells = searchedFolders(env).map((folder) => path.join(folder, 'chromium-headless-shell'));
  return env['HOLDFAST_BROWSER'] ? findBrowser(env) : (shells.find(isExecutable) ?? findBrowser(env));
}

function defaultPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return macApps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  if (platform === 'win32') {
    const bases = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return bases.flatMap((base) => (base ? windowsPrograms.map((program) => `${base}\\${program}`) : []));
  }
  return linuxNames.flatMap((name) => searchedFolders(env).map((folder) => path.join(folder, name)));
}

function searchedFolders(env: NodeJS.ProcessEnv): string[] {
  const named = (env['PATH'] ?? '').split(':').filter((folder) => path.isAbsolute(folder));
  return [...new Set([...named, '/usr/bin', '/snap/bin'])];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Flags for every Chromium that we start: no calls home, and, as root, no sandbox (Chromium refuses to start with it). */
export function browserFlags(): string[] {
  return [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
