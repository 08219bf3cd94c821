import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test as base } from '@playwright/test';

import type { Change } from '../../../core/calendar/calendar.ts';
import type { Desk, DeskEvent } from '../../../core/contract/desk/calls.ts';
import { startBrowserShell } from '../../../electron/browser/start-browser-shell.ts';
import { cursorAt } from '../builders.ts';
import { startStandIn, type StandIn } from '../stand-in-server.ts';

type DeskWindow = Window & { desk: Desk; heard: DeskEvent[]; deskWasThere: boolean };

interface Scene {
  readonly server: StandIn;
  readonly url: string;
  /** Stops the shell and starts it again on its port, as `npm start` does. */
  readonly restart: () => Promise<string>;
}

const test = base.extend<{ scene: Scene }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  scene: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-page-'));
    const rendererDir = path.join(folder, 'renderer');
    await mkdir(rendererDir);
    await writeFile(
      path.join(rendererDir, 'index.html'),
      '<!doctype html><html><head><title>Day</title><link rel="icon" href="data:,"><script type="module" src="./main.js"></script></head><body></body></html>',
    );
    await writeFile(
      path.join(rendererDir, 'main.js'),
      'window.deskWasThere = "desk" in window; window.heard = []; window.desk?.listen((event) => window.heard.push(event));',
    );
    const server = await startStandIn();
    const start = (port: number) =>
      startBrowserShell({ serverUrl: server.url, dataDir: folder, rendererDir, port, log: () => undefined });
    let shell = await start(0);
    await use({
      server,
      url: shell.url,
      async restart() {
        await shell.close();
        shell = await start(Number(new URL(shell.url).port));
        return shell.url;
      },
    });
    await shell.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  },
});

test('the page has its desk before the renderer begins, and keeps it over a reload', async ({ page, scene }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(scene.url);
  expect(new URL(page.url()).search).toBe('');
  expect(await page.evaluate(() => (window as unknown as DeskWindow).deskWasThere)).toBe(true);

  const signedIn = await page.evaluate(() =>
    (window as unknown as DeskWindow).desk.call('signIn', { username: 'rana', password: 'secret' }),
  );
  expect(signedIn).toEqual({ ok: true, value: scene.server.script.session.person });

  await page.reload();
  const described = await page.evaluate(() => (window as unknown as DeskWindow).desk.call('describe', {}));
  expect(described).toMatchObject({ ok: true, value: { person: scene.server.script.session.person } });
  expect(faults).toEqual([]);
});

test('the page hears what the server pokes', async ({ page, scene }) => {
  await page.goto(scene.url);
  await page.evaluate(() => (window as unknown as DeskWindow).desk.call('signIn', { username: 'r', password: 's' }));
  await expect.poll(() => scene.server.cursorsAsked.at(-1)).toMatch(/./);
  await expect.poll(() => scene.server.listeners()).toBe(1);
  const entityId = '0198b000-0000-7000-8000-0000000000d1';
  const changes: Change[] = [{ entity: 'patient', entityId, patient: null }];
  scene.server.script.changes.push({ cursor: cursorAt(200), reset: false, withheld: false, changes });
  scene.server.poke();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as DeskWindow).heard))
    .toContainEqual({ type: 'patients-changed' });
});

test('after a restart of the shell the old page goes on by itself', async ({ page, scene }) => {
  await page.goto(scene.url);
  await page.evaluate(() => (window as unknown as DeskWindow).desk.call('signIn', { username: 'r', password: 's' }));
  await scene.restart();
  const described = () => page.evaluate(() => (window as unknown as DeskWindow).desk.call('describe', {}));
  await expect
    .poll(() => described().catch(() => null), { timeout: 20_000 })
    .toMatchObject({ ok: true, value: { person: scene.server.script.session.person } });
  await expect(page).toHaveTitle('Day');
  expect(new URL(page.url()).pathname).toBe('/');
});

test('a link that was used opens nothing in another browser', async ({ page, browser, scene }) => {
  await page.goto(scene.url);
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(scene.url);
  await expect(other.getByRole('heading', { name: 'This link has been used' })).toBeVisible();
  await stranger.close();
});
