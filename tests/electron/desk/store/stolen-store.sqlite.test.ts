import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';

import { isDamage, openEncrypted } from '../../../../db/sqlite/open-store.ts';
import { keyFile } from '../../../../electron/browser/key-file.ts';
import { KeyRefusedError } from '../../../../electron/desk/keys/key-keeper.ts';
import { aBook, aPatient, aRegister, berlin } from '../../builders.ts';
import { clinicDay } from '../../clinic-day.ts';
import { connectionsIn, credentials, scratchDesk, scratchFolder, scratchServer, untilCaughtUp } from '../../scratch.ts';

const today = { siteId: berlin.siteId, date: '2026-11-23' };
const anna = aPatient({ displayName: 'Annagret Zwirnemann', birthDate: '1931-07-19', phone: '+49 30 5550173' });

/** A folder in which a desk worked for a day: its store has patients of days and of searches, and commands that wait. */
async function usedFolder() {
  const server = await scratchServer();
  const clinic = clinicDay();
  server.script.day = clinic.view({ appointments: [clinic.visit('08:00', anna)], patients: [anna] });
  const dataDir = await scratchFolder();
  const opened = scratchDesk({ serverUrl: server.url, dataDir });
  const { desk, events } = opened;
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  await desk.call('searchPatients', { query: 'anna' });
  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  const register = aRegister();
  await desk.call('send', register);
  await desk.call('send', clinic.book('09:00', anna.patientId));
  return { server, clinic, dataDir, register, ...opened };
}

/** The files of a folder whose bytes on the disk hold one of the texts. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(folder, name);
    if (!statSync(file).isFile()) return false;
    const bytes = readFileSync(file);
    // The text in UTF-8, in UTF-16, and as a search index folds it.
    return texts.some((text) =>
      [text, text.toLowerCase()].some((form) => bytes.includes(form) || bytes.includes(Buffer.from(form, 'utf16le'))),
    );
  });
}

const secretsOf = (...patients: readonly { displayName: string; birthDate: string; phone: string }[]) =>
  patients.flatMap(({ displayName, birthDate, phone }) => [
    ...displayName.split(' '),
    birthDate,
    phone,
    phone.replaceAll(/\D/g, ''),
  ]);

test('a stolen file holds no name, no phone and no birth date, while the desk runs and after', async () => {
  const { desk, dataDir, register } = await usedFolder();
  const secrets = secretsOf(anna, register.command.body);
  expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['desk.sqlite', 'desk.sqlite-wal']));
  expect(statSync(path.join(dataDir, 'desk.sqlite-wal')).size).toBeGreaterThan(0);
  expect(filesWith(dataDir, secrets)).toEqual([]);
  await desk.close();
  expect(filesWith(dataDir, secrets)).toEqual([]);

  // With the key they are found: so the search above did not fail for want of them.
  const file = path.join(dataDir, 'desk.sqlite');
  const reader = openEncrypted(file, keyFile.loadKey(dataDir));
  const texts = JSON.stringify([
    reader.prepare('select * from patients').all(),
    reader.prepare('select * from outbox').all(),
  ]);
  reader.close();
  for (const secret of [anna.displayName, anna.birthDate, register.command.body.displayName])
    expect(texts).toContain(secret);
  const without = new Database(file);
  expect(() => without.prepare('select * from patients').all()).toThrow('not a database');
  without.close();
});

test('the search for texts on the disk finds them in a store without a key', async () => {
  const folder = await scratchFolder();
  const plain = new Database(path.join(folder, 'plain.sqlite'));
  plain.pragma('journal_mode = WAL');
  plain.exec("create virtual table found using fts5(text, tokenize = 'trigram')");
  plain.prepare('insert into found values (?)').run(` ${anna.displayName.toLowerCase()} ${anna.birthDate}`);
  expect(filesWith(folder, secretsOf(anna))).toEqual(['plain.sqlite-wal']);
  plain.close();
  expect(filesWith(folder, secretsOf(anna))).toEqual(['plain.sqlite']);
});

test('a store that its key does not open is set aside and made anew, and the person is told', async () => {
  const { desk, dataDir, server } = await usedFolder();
  await desk.close();
  await rm(path.join(dataDir, 'desk.key'));
  const second = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await second.desk.call('describe', {})).toMatchObject({ value: { person: null } });
  expect(await second.desk.call('readStatus', {})).toMatchObject({ value: { rebuilt: { salvaged: 0, lost: null } } });
  expect((await readdir(dataDir)).filter((name) => name.includes('damaged'))).toHaveLength(1);
  await second.desk.close();
  // The person is told for a day, also by the next run.
  const third = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await third.desk.call('readStatus', {})).toMatchObject({ value: { rebuilt: { salvaged: 0 } } });
});

/** Overwrites the pages of a closed store's table or index from its root on, as a dying disk does. */
async function damage(dataDir: string, name: string, pages = 1): Promise<void> {
  const file = path.join(dataDir, 'desk.sqlite');
  const reader = openEncrypted(file, keyFile.loadKey(dataDir));
  const size = reader.pragma('page_size', { simple: true }) as number;
  const root = reader.prepare('select rootpage from sqlite_schema where name = ?').pluck().get(name) as number;
  reader.close();
  const bytes = await readFile(file);
  bytes.fill(0x5a, (root - 1) * size, (root - 1 + pages) * size);
  await writeFile(file, bytes);
}

test('when the calendar of a store is damaged, the whole outbox is saved while the desk runs', async () => {
  const { desk, dataDir, server, register } = await usedFolder();
  const before = await desk.call('describe', {});
  await desk.close();
  await damage(dataDir, 'appointments_by_time');
  const second = scratchDesk({ serverUrl: server.url, dataDir });
  // Reading a day meets the damage. The call goes on with the new store, which holds no day yet.
  expect(await second.desk.call('readDay', today)).toMatchObject({ ok: false, problem: { code: 'not-kept' } });
  expect(await second.desk.call('describe', {})).toEqual(before);
  expect(await second.desk.call('readOutbox', {})).toMatchObject({
    value: [{ typed: register }, { typed: { type: 'book' } }],
  });
  expect(await second.desk.call('readStatus', {})).toMatchObject({
    value: { waiting: 2, rebuilt: { salvaged: 2, lost: 0 } },
  });
  expect(second.events).toContainEqual({ type: 'everything-changed' });
});

test('the readable rows of a damaged outbox are saved from both ends, and the person is told that some may be lost', async () => {
  const { desk, dataDir, server, clinic } = await usedFolder();
  for (let n = 0; n < 60; n++) {
    const minutes = String((n % 4) * 15).padStart(2, '0');
    await desk.call('send', aBook({ serviceId: clinic.serviceId, scheduledStart: `2026-12-24T10:${minutes}:00Z` }));
  }
  await desk.close();
  const file = path.join(dataDir, 'desk.sqlite');
  const reader = openEncrypted(file, keyFile.loadKey(dataDir));
  const size = reader.pragma('page_size', { simple: true }) as number;
  // A leaf of the outbox's tree that is neither the first nor the last.
  const leaves = reader
    .prepare("select pageno from dbstat where name = 'outbox' and pagetype = 'leaf' order by path")
    .pluck()
    .all() as number[];
  reader.close();
  expect(leaves.length).toBeGreaterThan(4);
  const bytes = await readFile(file);
  const middle = leaves[Math.floor(leaves.length / 2)] ?? 0;
  bytes.fill(0x5a, (middle - 1) * size, middle * size);
  await writeFile(file, bytes);

  const second = scratchDesk({ serverUrl: server.url, dataDir });
  await second.desk.call('readOutbox', {});
  const answer = await second.desk.call('readStatus', {});
  const rebuilt = answer.ok ? answer.value.rebuilt : null;
  expect(rebuilt).toMatchObject({ lost: null });
  expect(rebuilt?.salvaged).toBeGreaterThan(30);
  expect(rebuilt?.salvaged).toBeLessThan(62);
});

test.each(['', '-wal'])('a rebuild that was killed goes on at the next start (%s beside it)', async (beside) => {
  const { desk, dataDir, server, register } = await usedFolder();
  await desk.close();
  const file = path.join(dataDir, 'desk.sqlite');
  // The old store was set aside, and the new one is not in its place yet.
  await rename(file, `${file}.new`);
  if (beside) await writeFile(file + beside, 'the log of the store that was set aside');
  const second = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await second.desk.call('readOutbox', {})).toMatchObject({
    value: [{ typed: register }, { typed: { type: 'book' } }],
  });
  await second.desk.close();
  // The new store was not complete: the old one is the store.
  await writeFile(`${file}.new`, 'a beginning');
  const third = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await third.desk.call('readOutbox', {})).toMatchObject({ value: [{ typed: register }, {}] });
  expect(await readdir(dataDir)).not.toContain('desk.sqlite.new');
});

test('only damage is taken for damage: other faults leave the store alone', async () => {
  const { desk, dataDir } = await usedFolder();
  await desk.close();
  const store = openEncrypted(path.join(dataDir, 'desk.sqlite'), keyFile.loadKey(dataDir));
  const faultOf = (act: () => void) => {
    try {
      act();
    } catch (error) {
      return error;
    }
    throw new Error('there was no fault');
  };
  expect(isDamage(faultOf(() => store.exec('insert into settings (key, value) values (null, null)')))).toBe(false);
  store.close();
  expect(isDamage(new Error('SQLITE_CORRUPT'))).toBe(false);
});

test.skipIf(process.platform === 'win32')('a key that other people can read is refused, with what to do', async () => {
  const dataDir = path.join(await scratchFolder(), 'desk');
  await mkdir(dataDir);
  const key = keyFile.loadKey(dataDir);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(keyFile.loadKey(dataDir)).toBe(key);
  const file = path.join(dataDir, 'desk.key');
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  await chmod(file, 0o640);
  expect(() => keyFile.loadKey(dataDir)).toThrow(KeyRefusedError);
  expect(() => keyFile.loadKey(dataDir)).toThrow('chmod 600');
  // Half a key is no key: it is kept under another name, and a new key is made.
  await chmod(file, 0o600);
  await copyFile(file, path.join(dataDir, 'copy'));
  await writeFile(file, key.slice(0, 20));
  expect(keyFile.loadKey(dataDir)).not.toBe(key);
  expect((await readdir(dataDir)).some((name) => name.startsWith('desk.key.unreadable-'))).toBe(true);
});
