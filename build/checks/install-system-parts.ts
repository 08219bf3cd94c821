import { accessSync } from 'node:fs';

import { findBrowser } from '../desk/find-browser.ts';
import { findFullPostgres, installFullPostgres } from './full-postgres.ts';
import { installDebianPackages } from './install-debian-packages.ts';
import { runTool } from './run-tool.ts';

/**
 * Brings what the tests need beyond npm: a Chromium, a PostgreSQL with `pg_basebackup`, and on Debian a virtual display for
 * programs without a headless mode. As root on Debian apt-get installs them; elsewhere Playwright tries to install its own
 * Chromium. A suite whose part is still missing fails.
 */
export async function installSystemParts(): Promise<void> {
  const missing = [
    ...(findBrowser(process.env) === undefined ? ['chromium', 'fonts-liberation'] : []),
    ...(isProgram('chromium-headless-shell') ? [] : ['chromium-headless-shell']),
    ...(isProgram('xvfb-run') ? [] : ['xvfb']),
  ];
  await installDebianPackages(missing);
  if (findFullPostgres(process.env) === null) await installFullPostgres();
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
