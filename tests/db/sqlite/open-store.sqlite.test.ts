import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';

import { StoreTooNewError } from '../../../db/sqlite/migrate-store.ts';
import { openStore } from '../../../db/sqlite/open-store.ts';
import { loadNextCommand, writeCommand } from '../../../electron/desk/store/outbox.ts';
import { loadDeskId } from '../../../electron/desk/store/settings.ts';
import { aBook } from '../../electron/builders.ts';
import { scratchFolder } from '../../electron/scratch.ts';

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);

test.skipIf(process.platform === 'win32')('the store and its journal are readable by their owner alone', async () => {
  const file = path.join(await scratchFolder(), 'desk', 'desk.sqlite');
  const store = openStore(file);
  loadDeskId(store);
  expect([path.dirname(file), file, `${file}-wal`, `${file}-shm`].map(mode)).toEqual(['700', '600', '600', '600']);
  store.$client.close();
});

test('a commit is on the disk when it returns, and sorting stays in memory', async () => {
  const store = openStore(path.join(await scratchFolder(), 'desk.sqlite'));
  const pragma = (name: string) => store.$client.pragma(name, { simple: true });
  // FULL is 2, MEMORY is 2: https://sqlite.org/pragma.html
  expect(['journal_mode', 'synchronous', 'temp_store', 'foreign_keys'].map(pragma)).toEqual(['wal', 2, 2, 1]);
  store.$client.close();
});

test('a second start finds the desk and its outbox as they were', async () => {
  const file = path.join(await scratchFolder(), 'desk.sqlite');
  const first = openStore(file);
  const deskId = loadDeskId(first);
  const typed = aBook();
  writeCommand(first, 'org-1', typed);
  first.$client.close();
  const second = openStore(file);
  expect(loadDeskId(second)).toBe(deskId);
  expect(loadNextCommand(second, { orgId: 'org-1', userId: typed.command.actorId }, [])?.typed).toEqual(typed);
  second.$client.close();
});

test('an outbox of the first schema is brought along', async () => {
  const file = path.join(await scratchFolder(), 'desk.sqlite');
  const typed = aBook();
  const raw = new Database(file);
  raw.exec(
    readFileSync(new URL('../../../db/sqlite/migrations/0001-settings-days-outbox.sql', import.meta.url), 'utf8'),
  );
  raw.pragma('user_version = 1');
  const { commandId, actorId, madeAt } = typed.command;
  raw
    .prepare(
      'insert into outbox (command_id, org_id, actor_id, lane, type, command, made_at) values (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      commandId,
      'org-1',
      actorId,
      typed.command.body.appointmentId,
      typed.type,
      JSON.stringify(typed.command),
      madeAt,
    );
  raw.close();
  const store = openStore(file);
  expect(loadNextCommand(store, { orgId: 'org-1', userId: actorId }, [])?.typed).toEqual(typed);
  store.$client.close();
});

test('a store of a newer version is left alone', async () => {
  const file = path.join(await scratchFolder(), 'desk.sqlite');
  openStore(file).$client.close();
  const raw = new Database(file);
  raw.pragma('user_version = 99');
  raw.close();
  expect(() => openStore(file)).toThrow(StoreTooNewError);
  expect(() => openStore(file)).toThrow('Start the newer Holdfast');
});
