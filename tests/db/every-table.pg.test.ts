import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';

import { withDatabase } from '../harness/postgres.ts';
import { writesToEveryTable } from './attacks/every-table.ts';
import { runAttack, statements } from './attacks/run-attack.ts';
import { keysOfTables, makeTarget, tablesOfTheServer } from './attacks/target.ts';

/** Every table against every way to write: 21 tables, 22 ways, two roles. */
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
const app = postgres(database.databaseUrl, { max: 1, onnotice: () => {} });
const target = await makeTarget(owner);
afterAll(() => Promise.all([owner.end(), app.end()]));

const writes = writesToEveryTable(target);

it('knows every table, and each has a row to lose', async () => {
  const tables = await owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'holdfast'::regnamespace and relkind = 'r'
      and relname <> all (${[...tablesOfTheServer]})`;
  expect(tables.map((table) => table.name).toSorted()).toEqual(Object.keys(keysOfTables).toSorted());
  for (const { name } of tables) {
    const rows = await owner`select from ${owner(`holdfast.${name}`)} where org_id = ${target.clinic.orgId} limit 1`;
    expect(rows.length, name).toBe(1);
  }
});

describe('the owner', () => {
  // Whatever the statement, unless it finds no room for its rows.
  const unwritable: readonly string[] = ['claims', 'patient_claims', 'appointments'];

  it.each(writes)('%s: %s is refused, or leaves every promise kept', async (table, way, text) => {
    const result = await runAttack(owner, statements(text));
    expect(result.broken).toEqual([]);
    const isWriting =
      unwritable.includes(table) && !(table === 'appointments' && way === 'insert again where there is room');
    const requireRefused = isWriting || /truncate|replica|program/.test(way);
    expect(requireRefused && result.refused === null).toBe(false);
  });
});

describe("the app's role", () => {
  it.each(writes)('%s: %s is refused for want of a right', async (_table, _way, text) => {
    expect(await runAttack(app, statements(text))).toMatchObject({ refused: '42501' });
  });
});
