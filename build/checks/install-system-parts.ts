import { accessSync, existsSync } from 'node:fs';

import { findBrowser } from '../desk/find-browser.ts';
import { runTool } from './run-tool.ts';

/**
 * What the tests need beyond npm: a Chromium, and on Debian a virtual display for what has no headless mode. Installed
 * on Debian as root; elsewhere Playwright's own Chromium is tried. What is missing after that fails its suite.
 */
export async function installSystemParts(): Promise<void> {
  const missing = [
    ...(findBrowser(process.env) === undefined ? ['chromium', 'fonts-liberation'] : []),
    ...(isProgram('xvfb-run') ? [] : ['xvfb']),
  ];
  const debianAsRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (missing.length > 0 && debianAsRoot) {
    console.error(`Installing ${missing.join(', ')} …`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runTool('apt-get', ['update', '-qq'], { env, capture: true, timeoutSeconds: 180 });
    const flags = ['install', '-y', '-qq', '--no-install-recommends'];
    const { code } = await runTool('apt-get', [...flags, ...missing], { env, capture: true, timeoutSeconds: 400 });
    if (code !== 0) console.error(`apt-get could not install ${missing.join(', ')}.`);
  }
  if (findBrowser(process.env) === undefined) {
    console.error("No Chromium on this machine; trying Playwright's own …");
    await runTool('playwright', ['install', 'chromium'], { timeoutSeconds: 120 });
  }
}

function isProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(`${folder}/${name}`);
      return true;
    } catch {
      return false;
    }
  });
}
