import { statSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { StoreTooNewError } from '../../../db/sqlite/migrate-store.ts';
import { openEncrypted, openStore } from '../../../db/sqlite/open-store.ts';
import { makeKey } from '../../../electron/desk/keys/key-keeper.ts';
import { loadUndecided, writeCommand } from '../../../electron/desk/store/outbox.ts';
import { loadDeskId } from '../../../electron/desk/store/settings.ts';
import { aBook } from '../../electron/builders.ts';
import { scratchFolder } from '../../electron/scratch.ts';

const key = makeKey();
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);

test.skipIf(process.platform === 'win32')('the store and its journal are readable by their owner alone', async () => {
  const file = path.join(await scratchFolder(), 'desk', 'desk.sqlite');
  const store = openStore(file, key);
  loadDeskId(store);
  expect([path.dirname(file), file, `${file}-wal`, `${file}-shm`].map(mode)).toEqual(['700', '600', '600', '600']);
  store.client.close();
});

test('a commit is on the disk when it returns, and sorting stays in memory', async () => {
  const store = openStore(path.join(await scratchFolder(), 'desk.sqlite'), key);
  const pragma = (name: string) => store.client.pragma(name, { simple: true });
  // FULL is 2, MEMORY is 2: https://sqlite.org/pragma.html
  expect(['journal_mode', 'synchronous', 'temp_store', 'foreign_keys'].map(pragma)).toEqual(['wal', 2, 2, 1]);
  store.client.close();
});

test('a second start finds the desk and its outbox as they were', async () => {
  const file = path.join(await scratchFolder(), 'desk.sqlite');
  const first = openStore(file, key);
  const deskId = loadDeskId(first);
  const typed = aBook();
  writeCommand(first, 'org-1', typed);
  first.client.close();
  const second = openStore(file, key);
  expect(loadDeskId(second)).toBe(deskId);
  expect(loadUndecided(second, 'org-1')).toMatchObject([{ typed, state: 'saved' }]);
  second.client.close();
});

test('a store of a newer version is left alone', async () => {
  const file = path.join(await scratchFolder(), 'desk.sqlite');
  openStore(file, key).client.close();
  const raw = openEncrypted(file, key);
  raw.pragma('user_version = 99');
  raw.close();
  expect(() => openStore(file, key)).toThrow(StoreTooNewError);
  expect(() => openStore(file, key)).toThrow('Start the newer Holdfast');
});
