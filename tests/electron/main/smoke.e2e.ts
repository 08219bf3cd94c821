import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { _electron, type ElectronApplication } from '@playwright/test';

import { buildRenderer, rendererDir } from '../../../build/build-renderer.ts';
import { withoutElectron } from '../../../build/checks/tally.ts';
import { buildDesk, mainFile } from '../../../build/desk/build-desk.ts';
import { findElectronProgram } from '../../../build/desk/electron-binary.ts';
import { expect, test, type DeskWindow } from './app.ts';

/**
 * Runs in Electron itself where its program is there: the double cannot show that Electron does what the double does.
 * Without the program there is no test here, and `npm test` says so in its last table (build/checks/tally.ts).
 */
const executablePath = findElectronProgram(process.env);
for (const line of withoutElectron(process.env)) console.error(line);

/** Gives Electron a display where there is none: Electron needs one. */
async function withDisplay(use: (env: Record<string, string>) => Promise<void>): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined),
  );
  if (process.platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return use(env);
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1920x1080x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [display] = (await once(screen.stdout, 'data')) as [Buffer];
    return await use({ ...env, DISPLAY: `:${display.toString().trim()}` });
  } finally {
    screen.kill();
  }
}

async function tryDesk(app: ElectronApplication): Promise<void> {
  const page = await app.firstWindow();
  await expect(page.getByLabel('User name')).toBeVisible();
  expect(page.url()).toBe('holdfast://desk/');
  const seen = await page.evaluate(async () => ({
    described: await (window as unknown as DeskWindow).desk.call('describe', {}),
    names: ['require', 'process', 'module', 'ipcRenderer'].filter((name) => name in window),
  }));
  expect(seen).toEqual({ described: { ok: true, value: { deskId: expect.any(String), person: null } }, names: [] });
  await page.evaluate(() => {
    location.href = 'https://example.test/';
  });
  expect(await page.evaluate(() => window.open('https://example.test/'))).toBeNull();
  expect(page.url()).toBe('holdfast://desk/');
  await app.close();
}

if (executablePath !== null) {
  test('the built desk runs in Electron itself: page, store and guards', async ({ server, dataDir }) => {
    await buildRenderer();
    await buildDesk();
    await withDisplay(async (env) => {
      const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const desk = [`--server-url=${server.url}`, `--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`];
      await tryDesk(await _electron.launch({ executablePath, args: [mainFile, ...desk, ...noSandbox], env }));
    });
  });
}
