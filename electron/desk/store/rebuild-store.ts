import { existsSync, renameSync, rmSync } from 'node:fs';

import type Database from 'better-sqlite3';

import type { DeskStatus } from '../../../core/contract/desk/status.ts';
import { isDamage, openEncrypted, openStore, type Store } from '../../../db/sqlite/open-store.ts';
import { instantBefore } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import { loadSetting, writeSetting } from './settings.ts';

type Rebuilt = NonNullable<DeskStatus['rebuilt']>;

const rebuiltKey = 'rebuilt';
/** People are told for a day that the store was made anew. */
const rebuiltToldForMs = 86_400_000;

/** What only this desk knows goes into the new store. The calendar is read from the server again. */
const ownTables = ['settings', 'outbox'] as const;

/**
 * Opens the store, or makes it anew where it is damaged or the key does not open it. `now`: RFC 3339, UTC.
 * @throws StoreTooNewError where a newer Holdfast made the store
 */
export function openOrRebuild(file: string, key: string, now: string, hooks: DeskHooks): Store {
  if (finishRebuild(file, now)) void hooks.salvaged?.();
  try {
    return openStore(file, key);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return rebuildStore(file, key, now, hooks);
}

const nextOf = (file: string) => `${file}.new`;
const ends = ['', '-wal', '-shm'] as const;

/**
 * Makes a new store beside a damaged one, with the rows of its outbox and settings that can be read. Only then renames the
 * damaged store (its name and the instant), and puts the new store in its place. Wherever this is killed, the next start finds
 * the commands in one of the two. The new store keeps what happened, so that people are told.
 */
export function rebuildStore(file: string, key: string, now: string, hooks: DeskHooks): Store {
  const next = nextOf(file);
  for (const end of ends) rmSync(next + end, { force: true });
  const store = openStore(next, key);
  const found = readWhatCanBeRead(file, key);
  store.client
    .transaction(() => {
      for (const table of ownTables) for (const row of found[table].rows) insertRow(store, table, row);
      // The new store has nothing of the calendar, so the feed begins anew.
      store.client.prepare("delete from settings where key like 'cursor:%' or key like 'caught-up-at:%'").run();
      const rows = found.outbox.rows as readonly { state?: unknown }[];
      const salvaged = rows.filter(({ state = 'saved' }) => state === 'saved' || state === 'sent').length;
      const rebuilt: Rebuilt = { at: now, salvaged, lost: found.outbox.isWhole ? 0 : null };
      writeSetting(store, rebuiltKey, JSON.stringify(rebuilt));
    })
    .immediate();
  // A closed store is one whole file, without a log beside it.
  store.client.close();
  void hooks['copied-out']?.();
  setAside(file, now);
  void hooks['set-aside']?.();
  renameSync(next, file);
  void hooks.salvaged?.();
  return openStore(file, key);
}

/** Renames the file itself first: while the file is there, it is the store, and the logs beside it belong to it. */
function setAside(file: string, now: string): void {
  const aside = `${file}.damaged-${now.replaceAll(/[:.]/g, '-')}`;
  for (const end of ends) if (existsSync(file + end)) renameSync(file + end, aside + end);
}

/**
 * Goes on where a rebuild was killed. A new store without an old one is complete; a new store beside an old one may not be,
 * and is deleted. Returns whether the new store is in its place.
 */
function finishRebuild(file: string, now: string): boolean {
  const next = nextOf(file);
  if (!existsSync(next)) return false;
  if (existsSync(file)) {
    for (const end of ends) rmSync(next + end, { force: true });
    return false;
  }
  // The new store must not take the old store's log for its own.
  setAside(file, now);
  renameSync(next, file);
  return true;
}

/** When the store was made anew, if that was less than a day before `now` (RFC 3339, UTC). */
export function loadRebuilt(store: Store, now: string): Rebuilt | null {
  const since = instantBefore(now, rebuiltToldForMs);
  const kept = loadSetting(store, rebuiltKey);
  const rebuilt = kept === null ? null : (JSON.parse(kept) as Rebuilt);
  return rebuilt && rebuilt.at >= since ? rebuilt : null;
}

type Row = Readonly<Record<string, unknown>>;
interface Found {
  readonly rows: readonly Row[];
  /** Whether every row was read. */
  readonly isWhole: boolean;
}
type WhatWasFound = { readonly [T in (typeof ownTables)[number]]: Found };

function readWhatCanBeRead(file: string, key: string): WhatWasFound {
  const nothing = { rows: [], isWhole: false };
  let client: Database.Database;
  try {
    client = openEncrypted(file, key);
  } catch {
    return { settings: nothing, outbox: nothing };
  }
  try {
    return { settings: readTable(client, 'settings', 'key'), outbox: readTable(client, 'outbox', 'position') };
  } finally {
    client.close();
  }
}

/** Reads a table from its front up to the damage, then from its back down to the damage. */
function readTable(client: Database.Database, table: string, key: string): Found {
  const rows = new Map<unknown, Row>();
  const read = (direction: 'asc' | 'desc') => {
    try {
      for (const row of client.prepare(`select * from ${table} order by ${key} ${direction}`).iterate()) {
        rows.set((row as Row)[key], row as Row);
      }
      return true;
    } catch {
      return false;
    }
  };
  const isWhole = read('asc');
  if (!isWhole) read('desc');
  return { rows: [...rows.values()], isWhole };
}

/** Names the columns of the row: a row of an older schema lacks columns that have a default by now. */
function insertRow(store: Store, table: string, row: Row): void {
  const names = Object.keys(row);
  store.client
    .prepare(`insert or replace into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(row));
}
