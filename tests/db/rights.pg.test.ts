import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { insertRaw } from '../builders/appointment-row.ts';
import { makeClinic, type Clinic } from '../builders/clinic.ts';
import { withDatabase } from '../harness/postgres.ts';

/** What the app's role may do, read from the catalogue: a right that nobody meant to give fails here. */
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
const app = postgres(database.databaseUrl, { max: 1, onnotice: () => {} });
afterAll(() => Promise.all([owner.end(), app.end()]));

const views = (
  await owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'holdfast_read'::regnamespace and relkind = 'v' order by 1`
).map((row) => row.name);

/** A clinic with a row for every view. */
async function makeWholeClinic(): Promise<Clinic> {
  const clinic = await makeClinic(owner);
  const { orgId: org_id, siteId: site_id } = clinic;
  await insertRaw(owner, 'shifts', {
    org_id,
    shift_id: uuidv7(),
    resource_id: clinic.providers[0],
    site_id,
    weekday: 1,
    starts_at_local: '08:00',
    ends_at_local: '12:00',
    valid_from: '2031-01-01',
  });
  await insertRaw(owner, 'waitlist_entries', {
    org_id,
    waitlist_entry_id: uuidv7(),
    site_id,
    patient_id: clinic.patients[0],
    service_id: clinic.services.room,
    windows: ['[2031-03-03,2031-03-04)'],
    urgency: 'soon',
  });
  return clinic;
}

describe('a view', async () => {
  const [clinic, other] = [await makeWholeClinic(), await makeWholeClinic()];
  const organizationsIn = (view: string, orgId: string | null) =>
    app.begin(async (tx) => {
      if (orgId !== null) await tx`select set_config('holdfast.org_id', ${orgId}, true)`;
      const rows = await tx<{ org_id: string }[]>`select distinct org_id from ${tx(`holdfast_read.${view}`)}`;
      return rows.map((row) => row.org_id);
    });

  it.each(views)('%s shows the rows of the organization that the transaction names, and no others', async (view) => {
    expect(await organizationsIn(view, null)).toEqual([]);
    expect(await organizationsIn(view, '')).toEqual([]);
    expect(await organizationsIn(view, clinic.orgId)).toEqual([clinic.orgId]);
    expect(await organizationsIn(view, other.orgId)).toEqual([other.orgId]);
    expect(await organizationsIn(view, uuidv7())).toEqual([]);
  });

  it('lets no condition of the reader look at other rows before its own', async () => {
    const open = await owner`select relname from pg_class where relnamespace = 'holdfast_read'::regnamespace
      and not coalesce(reloptions, '{}') @> '{security_barrier=true}'`;
    expect(open).toEqual([]);
  });

  it('is not written through', async () => {
    for (const view of views) {
      for (const statement of [
        `update holdfast_read.${view} set org_id = org_id`,
        `delete from holdfast_read.${view}`,
      ]) {
        await expect(app.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  it('shows no hash of a password, a token or a code', async () => {
    const secrets = await owner`select attrelid::regclass, attname from pg_attribute join pg_class c on c.oid = attrelid
      where relnamespace = 'holdfast_read'::regnamespace and attname ~ 'hash|password|token|secret'`;
    expect(secrets).toEqual([]);
    expect(views).not.toEqual(expect.arrayContaining(['users']));
  });
});

describe("the app's role", () => {
  const ours = owner`('holdfast', 'holdfast_api', 'holdfast_read')`;

  it('has no right to any table or sequence, nor to the schema in which they are', async () => {
    const rights = await owner`
      select c.oid::regclass as name, p.privilege from pg_class c
        cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p (privilege)
        where c.relnamespace = 'holdfast'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f')
          and (has_table_privilege('holdfast_app', c.oid, p.privilege)
            or (p.privilege in ('select', 'insert', 'update', 'references')
                and has_any_column_privilege('holdfast_app', c.oid, p.privilege)))
      union all
      select c.oid::regclass, p.privilege from pg_class c
        cross join unnest(array['usage', 'select', 'update']) p (privilege)
        where c.relnamespace = 'holdfast'::regnamespace and c.relkind = 'S'
          and has_sequence_privilege('holdfast_app', c.oid, p.privilege)
      union all
      select 'pg_namespace'::regclass, nspname || ' ' || p.privilege from pg_namespace
        cross join unnest(array['usage', 'create']) p (privilege)
        where (nspname = 'holdfast' or (nspname in ${ours} and p.privilege = 'create'))
          and has_schema_privilege('holdfast_app', oid, p.privilege)`;
    expect(rights).toEqual([]);
  });

  it('may execute every function of holdfast_api, and of ours nothing else', async () => {
    const found = await owner<{ name: string; isApi: boolean; may: boolean }[]>`
      select p.oid::regprocedure::text as name, n.nspname = 'holdfast_api' as "isApi",
          has_function_privilege('holdfast_app', p.oid, 'execute') as may
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.proowner = 'holdfast_owner'::regrole
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
    expect(found.filter((each) => each.isApi).length).toBeGreaterThan(20);
    expect(found.filter((each) => each.isApi !== each.may)).toEqual([]);
  });

  it('has from everybody neither a table nor a function of ours', async () => {
    const toPublic = await owner`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        cross join lateral aclexplode(c.relacl) a where a.grantee = 0 and n.nspname in ${ours}
      union all
      select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        where a.grantee = 0 and n.nspname in ${ours}`;
    expect(toPublic).toEqual([]);
  });

  it('owns nothing, and makes nothing', async () => {
    const [owned] = await owner`
      select (select count(*) from pg_class where relowner = r) + (select count(*) from pg_proc where proowner = r)
          + (select count(*) from pg_namespace where nspowner = r) + (select count(*) from pg_type where typowner = r)
          + (select count(*) from pg_database where datdba = r) as things,
        has_database_privilege(r, current_database(), 'create') or has_database_privilege(r, current_database(), 'temporary')
          or has_schema_privilege(r, 'public', 'create') as makes
      from (select 'holdfast_app'::regrole::oid as r) app`;
    expect(owned).toEqual({ things: '0', makes: false });
  });

  it('needs no search_path: every statement of the server names its schema', async () => {
    await expect(app`select from slots`).rejects.toMatchObject({ code: '42P01' });
    await expect(app`select find_time_zone(null, null)`).rejects.toMatchObject({ code: '42883' });
  });
});
