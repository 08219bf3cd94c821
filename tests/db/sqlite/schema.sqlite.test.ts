import path from 'node:path';

import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';

import { openStore } from '../../../db/sqlite/open-store.ts';
import * as schema from '../../../db/sqlite/schema.ts';
import { makeKey } from '../../../electron/desk/keys/key-keeper.ts';
import { scratchFolder } from '../../electron/scratch.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isKey: boolean;
}

const byName = <T extends { readonly name: string }>(found: readonly T[]) =>
  found.toSorted((a, b) => (a.name < b.name ? -1 : 1));

function columnsByDrizzle(table: SQLiteTable): Column[] {
  const { columns, primaryKeys } = getTableConfig(table);
  const inKey = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  return columns.map((column) => ({
    name: column.name,
    type: column.getSQLType().toUpperCase(),
    isRequired: column.notNull || column.primary,
    isKey: column.primary || inKey.has(column.name),
  }));
}

test('store.sql and schema.ts say the same of every table and column', async () => {
  const { client } = openStore(path.join(await scratchFolder(), 'desk.sqlite'), makeKey());
  const names = client
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'patient_search%'",
    )
    .pluck()
    .all() as string[];
  const inTheStore = names.map((name) => {
    const rows = client.pragma(`table_info(${name})`) as { name: string; type: string; notnull: 0 | 1; pk: number }[];
    const columns = rows.map((row) => ({
      name: row.name,
      type: row.type,
      // SQLite says of an integer primary key that it may be null; it never is.
      isRequired: row.notnull === 1 || row.pk > 0,
      isKey: row.pk > 0,
    }));
    return { name, columns: byName(columns) };
  });
  client.close();
  const tables = Object.values(schema).filter((each) => each instanceof SQLiteTable);
  const byDrizzle = tables.map((table) => ({
    name: getTableConfig(table).name,
    columns: byName(columnsByDrizzle(table)),
  }));
  expect(inTheStore.length).toBeGreaterThan(0);
  expect(byName(byDrizzle)).toEqual(byName(inTheStore));
});
