import { describe, expect, it } from 'vitest';

import { findCentralPostgres } from '../../../../server/host/database/central-postgres.ts';
import { withDatabase } from '../../../harness/postgres.ts';

const database = await withDatabase();
const good = { DATABASE_URL: database.databaseUrl, DATABASE_ADMIN_URL: database.adminDatabaseUrl };

const change = (url: string, edit: (url: URL) => void) => {
  const changed = new URL(url);
  edit(changed);
  return changed.href;
};
const app = (edit: (url: URL) => void) => ({ ...good, DATABASE_URL: change(database.databaseUrl, edit) });

const passwords = [...Object.values(good).map((url) => new URL(url).password), 'wrong-secret'];

describe('a central PostgreSQL', () => {
  it('is used when both URLs work, and not looked for when none is set', async () => {
    expect(await findCentralPostgres({})).toBeUndefined();
    const { databaseUrl, adminDatabaseUrl } = database;
    expect(await findCentralPostgres(good)).toEqual({ databaseUrl, adminDatabaseUrl });
  });

  it.each([
    [
      'only one URL',
      { DATABASE_URL: database.databaseUrl },
      /DATABASE_URL is set and DATABASE_ADMIN_URL is not: set both/,
    ],
    [
      'no URL at all',
      { ...good, DATABASE_URL: 'localhost:5432' },
      /DATABASE_URL is not a PostgreSQL URL. It looks like/,
    ],
    ['a URL without a database', app((url) => void (url.pathname = '/')), /It looks like postgres:\/\//],
    ['a wrong password', app((url) => void (url.password = 'wrong-secret')), /refuses the user "holdfast_app"/],
    ['a database that is not there', app((url) => void (url.pathname = '/nowhere')), /has no database "nowhere"/],
    ['a port where nothing listens', app((url) => void (url.port = '1')), /no PostgreSQL answers at 127.0.0.1:1/],
    ['a host that is not there', app((url) => void (url.hostname = 'db.invalid')), /no host "db.invalid"/],
    [
      'the owner as the app',
      { ...good, DATABASE_URL: good.DATABASE_ADMIN_URL },
      /"holdfast_owner", which is the owner/,
    ],
    ['a superuser as the app', { ...good, DATABASE_URL: database.superuserUrl }, /may bypass row-level security/],
  ])('refuses %s in one line that says what to do and holds no password', async (_case, env, message) => {
    const error = await findCentralPostgres(env).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ name: 'PlainError', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('\n');
    for (const password of passwords) expect((error as Error).message).not.toContain(password);
  });
});
