import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoUsers } from '../../../build/demo/demo-users.ts';
import { makePatients } from '../../../build/demo/make-patients.ts';
import { seedDemo } from '../../../build/demo/seed-demo.ts';
import { makeRandom } from '../../../build/demo/seeded-random.ts';
import { openOwnerConnection } from '../../../db/pg/owner-connection.ts';
import { findInconsistencies } from '../../builders/inconsistencies.ts';
import { withDatabase } from '../../harness/postgres.ts';

/** A Sunday, four weeks after Berlin's clocks went back. */
const now = '2026-11-22T10:37:00Z';

const database = await withDatabase();
const again = await withDatabase();
const sql = openOwnerConnection(database.adminDatabaseUrl, { max: 4 });
const sqlAgain = openOwnerConnection(again.adminDatabaseUrl, { max: 1 });
afterAll(() => Promise.all([sql.end(), sqlAgain.end()]));

const tables = [
  'sites',
  'resources',
  'services',
  'service_providers',
  'patients',
  'shifts',
  'slots',
  'appointments',
  'patient_claims',
  'appointment_events',
];

/** One hash for all rows of a table, whatever the order on disk. */
async function fingerprint(pool: typeof sql, table: string): Promise<unknown> {
  const [row] = await pool`
    select count(*)::int as rows, sum(('x' || substr(md5(t::text), 1, 8))::bit(32)::bigint)::text as hash from ${pool(table)} t`;
  return row;
}

const fingerprints = async (pool: typeof sql) => {
  const prints: Record<string, unknown> = {};
  for (const table of tables) prints[table] = await fingerprint(pool, table);
  return prints;
};

const countOf = async (query: Promise<readonly { n: number }[]>) => (await query)[0]?.n;

beforeAll(async () => {
  await seedDemo({ adminDatabaseUrl: database.adminDatabaseUrl, now });
}, 120_000);

describe('the demo organization', () => {
  it('has the sites, people and services of its plan', async () => {
    const [zones, kinds, visiting, services] = await Promise.all([
      sql`select time_zone from sites order by 1`,
      sql`select kind, count(*)::int as n from resources group by kind order by kind`,
      sql`select resource_id from shifts join resources using (org_id, resource_id) where kind = 'provider'
        group by resource_id having count(distinct shifts.site_id) = 2 and count(distinct (weekday, shifts.site_id)) = count(distinct weekday)`,
      sql`select count(*)::int as n, count(*) filter (where room_feature is not null and equipment_type is not null)::int as both,
          count(*) filter (where room_feature is not null and equipment_type is null)::int as room,
          count(*) filter (where not needs_room and equipment_type is not null)::int as equipment,
          count(*) filter (where not needs_room and equipment_type is null)::int as neither,
          count(*) filter (where patient_may_overlap)::int as beside from services`,
    ]);
    expect(zones.map((row) => row['time_zone'])).toEqual(['Asia/Kolkata', 'Europe/Berlin']);
    expect(kinds).toEqual([
      { kind: 'equipment', n: 5 },
      { kind: 'provider', n: 12 },
      { kind: 'room', n: 8 },
    ]);
    expect(visiting).toHaveLength(2);
    expect(services[0]).toEqual({ n: 15, both: 2, room: 5, equipment: 1, neither: 3, beside: 1 });
  });

  it('has 3,000 patients with names in many scripts, which are found without their accents', async () => {
    expect(await countOf(sql`select count(*)::int as n from patients`)).toBe(3000);
    const scripts = [
      'Latin',
      'Greek',
      'Cyrillic',
      'Arabic',
      'Hebrew',
      'Bengali',
      'Devanagari',
      'Han',
      'Hangul',
      'Thai',
    ];
    const names = (await sql<{ name: string }[]>`select display_name as name from patients`).map(({ name }) => name);
    for (const script of scripts) {
      const matching = names.filter((name) => new RegExp(`\\p{Script=${script}}`, 'u').test(name));
      expect(matching.length, script).toBeGreaterThan(10);
    }
    expect(
      await countOf(sql`select count(*)::int as n from patients where search_text like '%swietoslawa%'`),
    ).toBeGreaterThan(0);
    const outside = await sql`select phone from patients
      where phone <> '' and phone !~ '^[+](49 30 23125|49 40 66969|49 69 90009|49 221 4710|49 89 99998|44 7700 900)[0-9]{3}$'`;
    expect(outside).toHaveLength(0);
  });

  it('keeps every promise of the calendar', async () => {
    expect(await findInconsistencies(sql)).toEqual([]);
  });

  it('has a year behind it and six weeks ahead, as full as a real clinic', async () => {
    const [past] =
      await sql`select count(*)::int as visits, min(starts_at) < ${now}::timestamptz - interval '360 days' as a_year
      from appointments where ends_at <= ${now}`;
    expect(past).toMatchObject({ a_year: true });
    expect(past?.['visits']).toBeGreaterThan(23_000);
    const weeks = await sql<{ week: number; used: number }[]>`
      select floor(extract(epoch from starts_at - ${now}::timestamptz) / 604800)::int as week,
        sum(booked_count)::float / count(*) as used
      from slots where resource_kind = 'provider' group by 1 order by 1`;
    for (const { week, used } of weeks.filter((one) => one.week >= -52 && one.week < 0)) {
      expect(used, `week ${week}`).toBeGreaterThan(0.55);
      expect(used, `week ${week}`).toBeLessThan(0.8);
    }
    const ahead = weeks.filter(({ week }) => week >= 0 && week < 8).map(({ used }) => used);
    expect(ahead).toHaveLength(8);
    expect(ahead[1]).toBeGreaterThan(ahead[3] ?? 1);
    expect(ahead[3]).toBeGreaterThan(ahead[5] ?? 1);
    expect(ahead.slice(6)).toEqual([0, 0]);
  });

  it('has no visit whose status does not fit its hour: past ones have ended, future ones are booked', async () => {
    const odd = await sql`
      select status, starts_at, ends_at, arrived_at from appointments
      where (status in ('fulfilled', 'noshow') and ends_at > ${now})
        or (status = 'booked' and ends_at <= ${now})
        or (status in ('arrived', 'checked-in') and starts_at > ${now}::timestamptz + interval '40 minutes')
        or ((status in ('arrived', 'checked-in', 'fulfilled')) <> (arrived_at is not null))
        or arrived_at > ${now} or created_at > ${now} or updated_at > ${now} or updated_at < created_at`;
    expect(odd).toEqual([]);
  });

  it('has people at both sites on each of the days around, the weekend included', async () => {
    const days = await sql<{ name: string; date: string; visits: number }[]>`
      select s.name, (a.starts_at at time zone s.time_zone)::date::text as date, count(*)::int as visits
      from appointments a join sites s using (org_id, site_id)
      where holds_slots(a.status) and a.starts_at between ${now}::timestamptz - interval '7 days' and ${now}::timestamptz + interval '7 days'
      group by 1, 2`;
    for (let day = 16; day <= 28; day++) {
      for (const name of ['Seawall Berlin', 'Seawall Kolkata']) {
        const found = days.find((one) => one.name === name && one.date === `2026-11-${day}`);
        expect(found?.visits ?? 0, `${name} on ${day} November`).toBeGreaterThanOrEqual(5);
      }
    }
  });

  it('opens at the same wall-clock hour on both sides of a change of the clocks', async () => {
    const opening = await sql<{ date: string; opens: string }[]>`
      select (min(starts_at) at time zone 'UTC')::date::text as date, to_char(min(starts_at) at time zone 'UTC', 'HH24:MI') as opens
      from slots join sites using (org_id, site_id)
      where time_zone = 'Europe/Berlin' and resource_kind = 'room'
        and (starts_at at time zone 'Europe/Berlin')::date in ('2026-10-23', '2026-10-26')
      group by (starts_at at time zone 'Europe/Berlin')::date order by 1`;
    expect(opening).toEqual([
      { date: '2026-10-23', opens: '06:00' },
      { date: '2026-10-26', opens: '07:00' },
    ]);
  });

  it('can be signed in to by one user of each role, and a receptionist at each site', async () => {
    const users = await sql<{ username: string; role: string; site: string; hash: string }[]>`
      select username, role, s.name as site, password_hash as hash
      from users u join sites s on s.org_id = u.org_id and s.site_id = u.home_site_id`;
    expect(users).toHaveLength(demoUsers.length);
    for (const { username, password, role, site } of demoUsers) {
      const user = users.find((one) => one.username === username);
      expect(user).toMatchObject({ role, site });
      expect(await verify(user?.hash ?? '', password), username).toBe(true);
      expect(user?.hash).toMatch(/^\$argon2id\$/);
    }
    expect(new Set(users.map(({ role }) => role)).size).toBe(5);
    expect(users.filter(({ role }) => role === 'receptionist')).toHaveLength(2);
  });

  it('leaves table statistics, without which bookings conflict falsely', async () => {
    const unknown = await sql`select relname from pg_class
      where relkind = 'r' and relname in ('slots', 'appointments', 'claims', 'patient_claims', 'patients') and reltuples <= 0`;
    expect(unknown).toEqual([]);
  });
});

describe('seeding', () => {
  // Above ten seconds: the seed draws a year of visits before it writes the first one, and then fails.
  it('leaves nothing behind when it fails on the way', async () => {
    await sqlAgain`create trigger broken before insert on appointments
      for each row when (new.status = 'noshow') execute function refuse_by_wall('broken by the test')`;
    await expect(seedDemo({ adminDatabaseUrl: again.adminDatabaseUrl, now })).rejects.toMatchObject({ code: 'HF005' });
    await sqlAgain`drop trigger broken on appointments`;
    for (const table of ['organizations', 'users', ...tables]) {
      expect(await countOf(sqlAgain`select count(*)::int as n from ${sqlAgain(table)}`), table).toBe(0);
    }
  }, 120_000);

  // Above ten seconds: two whole seeds at once, 3,000 patients and a year of visits, and a fingerprint of every table of both.
  it('makes the same rows from the same seed, and only once when two seeds start at the same moment', async () => {
    const adminDatabaseUrl = again.adminDatabaseUrl;
    await Promise.all([seedDemo({ adminDatabaseUrl, now }), seedDemo({ adminDatabaseUrl, now })]);
    expect(await fingerprints(sqlAgain)).toEqual(await fingerprints(sql));
    expect(await countOf(sqlAgain`select count(*)::int as n from organizations`)).toBe(1);
  }, 120_000);

  it('makes other people from another seed', () => {
    const namesOf = (seed: number) =>
      makePatients(makeRandom(seed, 'patients'), 50, '2026-11-22', Date.parse(now)).map((one) => one.displayName);
    expect(namesOf(1)).toEqual(namesOf(1));
    expect(namesOf(2)).not.toEqual(namesOf(1));
  });

  it('changes nothing when there is an organization', async () => {
    const before = await fingerprints(sql);
    await seedDemo({ adminDatabaseUrl: database.adminDatabaseUrl, seed: 7, now: '2026-12-24T09:00:00Z' });
    expect(await fingerprints(sql)).toEqual(before);
  });
});
