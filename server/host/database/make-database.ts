import type { Sql } from 'postgres';

import { roles } from './credentials.ts';
import type { Credentials } from './credentials.ts';

/** Makes the two roles where they are missing. `holdfast_owner` owns databases; `holdfast_app` owns nothing. */
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
 * Makes the database where it is missing, owned by `holdfast_owner`; the app's role may connect and no more until the
 * migrations grant it. A template's privileges and settings are not copied, so they are set here in either case.
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
