import { randomBytes } from 'node:crypto';

import postgres from 'postgres';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { migrate, SchemaChangedError, SchemaTooNewError } from '../../../db/pg/migrate.ts';
import { loadSchemaFiles } from '../../../db/pg/schema-files.ts';
import { makeDatabase } from '../../../server/host/database/make-database.ts';
import { redefinition } from '../../builders/redefine.ts';
import { withDatabase } from '../../harness/postgres.ts';

const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
afterAll(() => Promise.all([owner.end(), superuser.end()]));

const files = await loadSchemaFiles();
const names = files.map((file) => file.name);

describe('a database of this version', () => {
  beforeEach(async () => {
    await migrate(database);
  });

  it('is left as it is', async () => {
    expect(await migrate(database)).toEqual({ applied: [] });
    const kept = await owner<{ name: string; checksum: string }[]>`select name, checksum from schema_files`;
    expect(kept.map((row) => row.name).toSorted()).toEqual(names.toSorted());
    expect(kept.every((row) => /^[0-9a-f]{64}$/.test(row.checksum))).toBe(true);
  });

  it('gets a function back whose file reads otherwise than when it ran', async () => {
    await owner.unsafe(await redefinition(owner, 'find_time_zone', ['time_zone from', "'Etc/Other' from"]));
    await owner`update schema_files set checksum = 'other' where name = 'functions/calendar/find_time_zone.sql'`;
    expect(await migrate(database)).toEqual({ applied: ['functions/calendar/find_time_zone.sql'] });
    expect(await redefinition(owner, 'find_time_zone')).not.toContain('Etc/Other');
  });

  it('is refused when a file of its tables reads otherwise than when it ran, with what to do', async () => {
    await owner`update schema_files set checksum = 'other' where name = 'baseline/40-calendar.sql'`;
    const refused = migrate(database);
    await expect(refused).rejects.toThrow(SchemaChangedError);
    await expect(refused).rejects.toThrow(/^baseline\/40-calendar\.sql changed .* new file of db\/pg\/migrations/);
    await owner`delete from schema_files where name = 'baseline/40-calendar.sql'`;
    await owner`insert into schema_files
      select * from jsonb_populate_recordset(null::schema_files, ${owner.json(
        files
          .filter((file) => file.name === 'baseline/40-calendar.sql')
          .map(({ name, checksum }) => ({ name, checksum, applied_at: '2031-01-01' })),
      )})`;
  });

  it.each(['migrations/0001-from-later.sql', 'functions/bookings/from_later.sql'])(
    'is refused when a newer version ran %s in it',
    async (name) => {
      await owner`insert into schema_files (name, checksum) values (${name}, 'x')`;
      const refused = migrate(database);
      await expect(refused).rejects.toThrow(SchemaTooNewError);
      await expect(refused).rejects.toThrow(name);
      await owner`delete from schema_files where name = ${name}`;
    },
  );
});

describe('an empty database', () => {
  async function withEmpty(fn: (urls: { adminDatabaseUrl: string; databaseUrl: string }) => Promise<void>) {
    const name = `test_${randomBytes(6).toString('hex')}`;
    await makeDatabase(superuser, name);
    const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
    try {
      await fn({ adminDatabaseUrl: at(database.adminDatabaseUrl), databaseUrl: at(database.databaseUrl) });
    } finally {
      await superuser.unsafe(`drop database ${name} with (force)`);
    }
  }

  it('is set up once by servers that start at the same time', () =>
    withEmpty(async (urls) => {
      const starts = await Promise.all([migrate(urls), migrate(urls), migrate(urls)]);
      expect(starts.map(({ applied }) => applied.length).toSorted((a, b) => a - b)).toEqual([0, 0, names.length]);
    }));

  it('stays empty when a file fails half-way', () =>
    withEmpty(async (urls) => {
      const sql = postgres(urls.adminDatabaseUrl, { max: 1, onnotice: () => {} });
      await sql`create schema holdfast_read`;
      await expect(migrate(urls)).rejects.toMatchObject({ code: '42P06' });
      const tables = await sql<
        { name: string }[]
      >`select tablename as name from pg_tables where schemaname in ('public', 'holdfast')`;
      await sql.end();
      expect(tables).toEqual([]);
    }));
});
