import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { buildDesk, mainFile } from '../../../build/desk/build-desk.ts';
import { readyLine } from '../../../electron/main/ready-line.ts';
import { writePage } from '../blank-page.ts';
import { startDouble, type DoubleOptions } from '../double/start-double.ts';
import { scratchFolder } from '../scratch.ts';

async function startApp(folder: string, circumstances: DoubleOptions['circumstances'] = {}) {
  await buildDesk();
  const args = [`--data-dir=${path.join(folder, 'desk')}`, `--renderer-dir=${await writePage(folder)}`];
  const double = startDouble({ main: mainFile, args, circumstances });
  onTestFinished(() => double.stop());
  return double;
}

test("the system's keyring keeps the key of the desk's store, and the key opens the store again", async () => {
  const folder = await scratchFolder();
  const first = await startApp(folder);
  await first.until(readyLine);
  first.signal('SIGTERM');
  expect(await first.ended).toBe(0);
  const kept = await readFile(path.join(folder, 'desk', 'desk.key'));
  expect(kept.toString('latin1')).not.toMatch(/[0-9a-f]{64}/);

  const second = await startApp(folder);
  await second.until(readyLine);
  second.signal('SIGTERM');
  await second.ended;
  expect(await readFile(path.join(folder, 'desk', 'desk.key'))).toEqual(kept);
}, 60_000);

test('a PC without a keyring is told what to do, and no key is written', async () => {
  const folder = await scratchFolder();
  const double = await startApp(folder, { keyring: 'basic_text' });
  expect(await double.ended).toBe(1);
  const box = double.told.find((each) => each.tell === 'error-box');
  expect(box).toMatchObject({ title: 'Holdfast did not start' });
  expect(box?.content).toMatch(/no keyring.*GNOME Keyring or KWallet.*HOLDFAST_SHELL=browser/);
  expect(await readdir(path.join(folder, 'desk'))).not.toContain('desk.key');
}, 60_000);
