import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openEncrypted } from '../../../db/sqlite/open-store.ts';
import { makeKey, writeKeyFile } from '../../../electron/desk/keys/key-keeper.ts';
import { readyLine } from '../../../electron/main/ready-line.ts';
import { encryptString } from '../double/keyring.ts';
import { expect, test } from './app.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };

test('a window opens where a person left it', async ({ openApp, start, dataDir }) => {
  const { double } = await openApp();
  const bounds = { x: 100, y: 50, width: 1200, height: 800 };
  await double.ask('moveWindow', bounds);
  expect(await double.ask('closeWindow')).toBe(true);
  expect(await double.ended).toBe(0);
  expect(JSON.parse(await readFile(path.join(dataDir, 'window.json'), 'utf8'))).toEqual({ bounds, maximized: false });
  const again = start();
  await again.until(readyLine);
  expect(await again.ask('windows')).toMatchObject([{ bounds, visible: true }]);
});

test('a window that was left on a screen that is gone opens in the middle of the present one', async ({
  openApp,
  start,
}) => {
  const { double } = await openApp({ circumstances: { workAreas: [screen, { ...screen, x: 1920 }] } });
  await double.ask('moveWindow', { x: 2100, y: 100, width: 1600, height: 900 });
  await double.ask('closeWindow');
  await double.ended;
  const again = start({ circumstances: { workAreas: [{ x: 0, y: 0, width: 1280, height: 760 }] } });
  await again.until(readyLine);
  expect(await again.ask('windows')).toMatchObject([{ bounds: { x: 0, y: 0, width: 1280, height: 760 } }]);
});

test('a damaged window file costs the size and nothing else', async ({ openApp, start, dataDir }) => {
  const { double } = await openApp();
  await double.ask('closeWindow');
  await double.ended;
  await writeFile(path.join(dataDir, 'window.json'), '{"bounds":{"x":0,"y":0,"width":-4}');
  const again = start();
  await again.until(readyLine);
  expect(await again.ask('windows')).toMatchObject([{ bounds: { x: 240, y: 70, width: 1440, height: 900 } }]);
});

test('a second start on the folder ends, and brings the first to the front', async ({ openApp, start }) => {
  const { double } = await openApp();
  await double.ask('minimize');
  const second = start();
  expect(await second.ended).toBe(0);
  await expect.poll(() => double.ask('windows')).toMatchObject([{ minimized: false, visible: true, focused: 1 }]);
});

test('a kiosk fills the screen, has no menu, and closes only with its app', async ({ openApp }) => {
  const { double } = await openApp({ args: ['--kiosk'] });
  expect(await double.ask('windows')).toMatchObject([{ kiosk: true, devTools: false }]);
  expect(await double.ask('menu')).toBeNull();
  expect(await double.ask('closeWindow')).toBe(false);
  expect(await double.ask('windows')).toHaveLength(1);
  double.signal('SIGTERM');
  expect(await double.ended).toBe(0);
});

test('an installed desk has neither reload nor developer tools', async ({ openApp }) => {
  const { double } = await openApp({ circumstances: { packaged: true } });
  const menu = await double.ask('menu');
  expect(menu).toContain('zoomIn');
  expect(menu).not.toContain('reload');
  expect(menu).not.toContain('toggleDevTools');
  expect(await double.ask('windows')).toMatchObject([{ devTools: false }]);
});

test('the menu shows where the log is', async ({ openApp, dataDir }) => {
  const { double } = await openApp();
  expect(await double.ask('clickMenu', 'Show the log')).toBe(true);
  const file = path.join(dataDir, 'desk.log');
  await expect.poll(() => double.told).toContainEqual({ tell: 'shown-in-folder', file });
});

test('a page that stops is loaded again, and a page that keeps stopping says what to do', async ({ openApp, look }) => {
  const { double, page: first, log } = await openApp();
  await first.evaluate(() => {
    location.hash = '#/day/mitte';
  });
  for (const times of [1, 2, 3]) {
    await double.ask('crashPage');
    await expect.poll(async () => (await log()).split('the page stopped: crashed').length - 1).toBe(times);
    const page = await look(double);
    await expect(page).toHaveURL(/\/\?restarted#\/day\/mitte$/);
    await expect(page).toHaveTitle('Day');
  }
  await double.ask('crashPage');
  await expect.poll(async () => (await log()).split('the page stopped: crashed').length - 1).toBe(4);
  const page = await look(double);
  await expect(page.getByRole('heading', { name: 'The window keeps stopping' })).toBeVisible();
});

test('a store of a newer version is named, and the app ends', async ({ start, dataDir }) => {
  await mkdir(dataDir, { recursive: true });
  const key = makeKey();
  writeKeyFile(dataDir, encryptString(key));
  const store = openEncrypted(path.join(dataDir, 'desk.sqlite'), key);
  store.pragma('user_version = 999');
  store.close();
  const double = start();
  expect(await double.ended).toBe(1);
  expect(double.told).toContainEqual({
    tell: 'error-box',
    title: 'Holdfast did not start',
    content: expect.stringContaining('Start the newer Holdfast') as unknown,
  });
});
