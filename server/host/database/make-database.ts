import type { Sql } from 'postgres';

import { roles } from './credentials.ts';
import type { Credentials } from './credentials.ts';

/** Makes the roles `holdfast_owner`, which owns databases, and `holdfast_app`, which owns nothing, and sets their passwords. */
export async function makeRoles(superuser: Sql, credentials: Pick<Credentials, 'owner' | 'app'>): Promise<void> {
  const present = await superuser<{ rolname: string }[]>`select rolname from pg_roles`;
  for (const [kind, password] of [
    ['owner', credentials.owner],
    ['app', credentials.app],
  ] as const) {
    const verb = present.some((row) => row.rolname === roles[kind]) ? 'alter' : 'create';
    await superuser.unsafe(
      `${verb} role ${roles[kind]} login password '${password}'
         nosuperuser nocreatedb nocreaterole noreplication nobypassrls`,
    );
  }
}

/**
 * Makes the database where it is missing; `holdfast_owner` owns it. The app's role may only connect until the migrations
 * grant more. PostgreSQL does not copy a template's privileges and settings, so this function sets them in either case.
 */
export async function makeDatabase(superuser: Sql, name: string, template = 'template0'): Promise<void> {
  const present = await superuser`select 1 from pg_database where datname = ${name}`;
  if (present.length === 0) {
    await superuser.unsafe(`create database ${name} owner ${roles.owner} template ${template}`);
  }
  await superuser.unsafe(`alter database ${name} set search_path = holdfast, public`);
  await superuser.unsafe(`revoke all on database ${name} from public`);
  await superuser.unsafe(`grant connect on database ${name} to ${roles.app}`);
}
