import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';

import { withDatabase } from '../../../harness/postgres.ts';

const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1 });
const app = postgres(database.databaseUrl, { max: 1 });
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
});

describe('the roles of the embedded database', () => {
  it.each(['holdfast_owner', 'holdfast_app'])('%s cannot switch triggers off', async (role) => {
    const sql = role === 'holdfast_owner' ? owner : app;
    expect(await sql`select current_user as role`).toEqual([{ role }]);
    await expect(sql`set session_replication_role = replica`).rejects.toMatchObject({ code: '42501' });
  });

  it('the app role owns nothing, bypasses no policy and can make nothing', async () => {
    const [role] = await app`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
             (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = current_user`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 });
    await expect(app`create table made (n int)`).rejects.toMatchObject({ code: '42501' });
    await expect(app`create temp table made (n int)`).rejects.toMatchObject({ code: '42501' });
    await expect(app`create schema made`).rejects.toMatchObject({ code: '42501' });
  });

  it('letters of every script count as letters, so that names can be searched', async () => {
    const [row] = await owner`select lower('ЖАННА') as lower, 'É' ~ '[[:alpha:]]' as letter`;
    expect(row).toEqual({ lower: 'жанна', letter: true });
  });
});
