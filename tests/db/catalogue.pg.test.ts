import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';

import { withDatabase } from '../harness/postgres.ts';

/** What holds of every table, function and trigger of ours, read from the catalogue: also of those that are made later. */
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
afterAll(() => owner.end());

const schemas = owner`('holdfast', 'holdfast_api', 'holdfast_read')`;

it('lies in three schemas, and none of ours in public', async () => {
  const strays = await owner`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
    union all
    select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
  expect(strays).toEqual([]);
});

it('has row-level security on every table, by organization where it has one', async () => {
  const tables = await owner<{ name: string; isSecured: boolean; hasOrg: boolean; policies: string[] }[]>`
    select c.relname as name, c.relrowsecurity as "isSecured",
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id') as "hasOrg",
        array(select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c where c.relnamespace = 'holdfast'::regnamespace and c.relkind in ('r', 'p')`;
  expect(tables.length).toBeGreaterThan(15);
  for (const { name, isSecured, hasOrg, policies } of tables) {
    expect(isSecured, name).toBe(true);
    expect(policies, name).toEqual(hasOrg ? ['(org_id = holdfast_api.current_org_id())'] : []);
  }
});

/**
 * Names in a function's text mean what its search_path says. So each function fixes the path, with the temporary schema
 * last, or has a body that PostgreSQL parsed when the function was made (`return …`), in which no name is left. Such a
 * body can be inlined, which a function with SET cannot.
 */
it('has no function whose names a session could give another meaning', async () => {
  const functions = await owner<{ name: string; language: string; isBound: boolean; path: string | null }[]>`
    select p.oid::regprocedure::text as name, l.lanname as language, p.prosqlbody is not null as "isBound",
        (select substr(c, 13) from unnest(p.proconfig) c where c like 'search_path=%') as path
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
      where n.nspname in ${schemas}`;
  expect(functions.length).toBeGreaterThan(40);
  const fixed = ['holdfast, pg_temp', 'holdfast, public, pg_temp'];
  const open = functions.filter(({ isBound, path }) => !isBound && !fixed.includes(path ?? ''));
  expect(open).toEqual([]);
  // Only pg_trgm lies in public.
  const wide = functions.filter(({ path }) => path === fixed[1]);
  expect(wide.map(({ name }) => name)).toEqual(['holdfast_api.search_patients(uuid,text,text[],integer)']);
});

it('runs what the app calls by the rights of the owner, and nothing else', async () => {
  const wrong = await owner`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where (n.nspname = 'holdfast' and p.prosecdef)
        or (n.nspname = 'holdfast_api' and not p.prosecdef and p.prosqlbody is null)`;
  expect(wrong).toEqual([]);
});

it('refuses to truncate every table, those above all whose rows are guarded', async () => {
  const guard = owner`(select from pg_trigger t join pg_proc f on f.oid = t.tgfoid
    where t.tgrelid = c.oid and f.proname = 'refuse_by_wall' and t.tgtype & 32 = 32 and t.tgenabled = 'O')`;
  const open = await owner`
    select c.relname as name from pg_class c
      where c.relnamespace = 'holdfast'::regnamespace and c.relkind in ('r', 'p') and not exists ${guard}`;
  expect(open).toEqual([]);
});

it('has every trigger enabled, and the walls say SQLSTATE HF005', async () => {
  const off = await owner`select tgrelid::regclass, tgname from pg_trigger where tgenabled <> 'O'`;
  expect(off).toEqual([]);
});

/** What the server calls for itself or for all organizations, with why no organization comes first. */
const callsOfNoOrganization: Readonly<Record<string, string>> = {
  check_writable: 'the readiness check asks for the database alone',
  claim_job: 'a job belongs to the server',
  current_org_id: 'reads the variable of the transaction',
  database_time: 'the clock belongs to the database',
  end_session: 'takes the handle that the token names',
  find_demo_logins: 'all demo clinics, before a server listens',
  find_desks: 'takes handles of organizations beside the hashes of tokens',
  find_login: 'takes the handle: nobody knows the organization before the sign-in',
  find_organizations: 'all of them',
  find_schema_files: 'the schema belongs to the database',
  find_sessions: 'takes handles of organizations beside the hashes of tokens',
  find_short_horizons: 'all organizations',
  finish_job: 'a job belongs to the server',
  keep_job: 'a job belongs to the server',
  mark_feed: 'transaction ids belong to the database',
  only_handle: 'finds the one organization of a server that has one',
  pair_desk: 'takes the handle: the code names the organization',
  rfc3339: 'pure',
  trim_desk_pairings: 'all organizations',
  trim_sessions: 'all organizations',
};

it('takes the organization as the first argument of every call that belongs to one', async () => {
  const functions = await owner<{ name: string; first: string | null }[]>`
    select p.proname as name, p.proargnames[1] as first
      from pg_proc p where p.pronamespace = 'holdfast_api'::regnamespace order by 1`;
  const others = functions.filter(({ first }) => first !== 'p_org_id').map(({ name }) => name);
  expect(others).toEqual(Object.keys(callsOfNoOrganization).toSorted());
});
