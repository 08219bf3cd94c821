import { randomBytes } from 'node:crypto';

import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';

import { checkCentral } from '../../../../server/host/database/check-central.ts';
import { withDatabase } from '../../../harness/postgres.ts';

const database = await withDatabase();
const good = { adminDatabaseUrl: database.adminDatabaseUrl, databaseUrl: database.databaseUrl };
const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
const suffix = randomBytes(4).toString('hex');
const [member, empty, foreign] = [`member_${suffix}`, `empty_${suffix}`, `foreign_${suffix}`];
await superuser
  .unsafe(`create role ${member} login password 'member-secret'; grant holdfast_owner to ${member}`)
  .simple();
for (const name of [empty, foreign]) await superuser.unsafe(`create database ${name} template template0`);
const inForeign = postgres(
  change(database.superuserUrl, (url) => void (url.pathname = foreign)),
  { max: 1 },
);
await inForeign`create table invoices (id int)`;
await inForeign.end();

afterAll(async () => {
  for (const name of [empty, foreign]) await superuser.unsafe(`drop database ${name} with (force)`);
  await superuser.unsafe(`drop role ${member}`);
  await superuser.end();
});

function change(text: string, edit: (url: URL) => void): string {
  const url = new URL(text);
  edit(url);
  return url.href;
}
const both = (edit: (url: URL) => void) => ({
  adminDatabaseUrl: change(good.adminDatabaseUrl, edit),
  databaseUrl: change(good.databaseUrl, edit),
});
const app = (edit: (url: URL) => void) => ({ ...good, databaseUrl: change(good.databaseUrl, edit) });
const signInAs = (user: string, secret: string) => (url: URL) => {
  url.username = user;
  url.password = secret;
};

describe('a central database that a desk may host a server for', () => {
  it('passes all three checks in their order', async () => {
    const checks = await checkCentral(good);
    expect(checks.map(({ check, ok }) => [check, ok])).toEqual([
      ['database', true],
      ['app-role', true],
      ['schema', true],
    ]);
    expect(checks[2]?.detail).toBe('It is of this version.');
  });

  it.each([
    [
      'no server',
      both((url) => void (url.port = '1')),
      'database',
      /no PostgreSQL answers at 127.0.0.1:1 .*Check host/,
    ],
    [
      'a database that is not there',
      both((url) => void (url.pathname = '/nowhere')),
      'database',
      /no database "nowhere"/,
    ],
    [
      "a wrong owner's password",
      { ...good, adminDatabaseUrl: change(good.adminDatabaseUrl, (url) => void (url.password = 'wrong-secret')) },
      'database',
      /refuses the user "holdfast_owner" or its password/,
    ],
    [
      'a role that is not there',
      app(signInAs('nobody', 'x')),
      'app-role',
      /no role "nobody". Create it.*CREATE ROLE nobody/,
    ],
    [
      "a wrong password of the app's role",
      app((url) => void (url.password = 'wrong-secret')),
      'app-role',
      /refuses the user/,
    ],
    ['the owner as the app', { ...good, databaseUrl: good.adminDatabaseUrl }, 'app-role', /the owner.*CREATE ROLE/],
    ['a member of the owner', app(signInAs(member, 'member-secret')), 'app-role', /could pass the walls/],
    ['two databases', app((url) => void (url.pathname = '/postgres')), 'app-role', /name two databases/],
    [
      "a database that is not the owner's",
      both((url) => void (url.pathname = `/${empty}`)),
      'schema',
      /"holdfast_owner" may not make tables.*ALTER DATABASE/,
    ],
    [
      "another program's tables",
      both((url) => void (url.pathname = `/${foreign}`)),
      'schema',
      /tables of another program/,
    ],
  ])('is not one with %s: the check says what to do, without a password', async (_case, urls, check, detail) => {
    const checks = await checkCentral(urls);
    expect(checks.at(-1)).toMatchObject({ check, ok: false, detail: expect.stringMatching(detail) as unknown });
    expect(checks.slice(0, -1).every((each) => each.ok)).toBe(true);
    const passwords = Object.values(urls).map((url) => new URL(url).password);
    for (const password of passwords.filter((each) => each.length > 3)) {
      expect(JSON.stringify(checks)).not.toContain(password);
    }
  });

  it('is an empty one that the owner owns, and not one of several organizations or of a newer version', async () => {
    await superuser.unsafe(`alter database ${empty} owner to holdfast_owner`);
    const fresh = await checkCentral(both((url) => void (url.pathname = `/${empty}`)));
    expect(fresh.at(-1)).toMatchObject({
      check: 'schema',
      ok: true,
      detail: expect.stringMatching(/empty/) as unknown,
    });

    const admin = postgres(good.adminDatabaseUrl, { max: 1 });
    for (const name of ['One', 'Two']) {
      await admin`insert into organizations (org_id, name, handle) values (gen_random_uuid(), ${name}, ${name.toLowerCase()})`;
    }
    const shared = await checkCentral(good);
    expect(shared.at(-1)).toMatchObject({ check: 'schema', ok: false });
    expect(shared.at(-1)?.detail).toMatch(/holds 2 organizations/);
    await admin`insert into schema_files (name, checksum) values ('migrations/9999-from-later.sql', '')`;
    await admin.end();
    const newer = await checkCentral(good);
    expect(newer.at(-1)).toMatchObject({ check: 'schema', ok: false });
    expect(newer.at(-1)?.detail).toMatch(/newer version of Holdfast. Update/);
  });
});
