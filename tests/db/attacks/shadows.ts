/**
 * What a session of the owner may put in front of the tables and functions that the walls name: an import's staging table,
 * or another schema first in the search_path. Each is followed by attacks, all on the real tables.
 */
const copies = ['slots', 'patient_claims', 'appointments', 'services', 'commands', 'appointment_events'] as const;

const emptied = (table: string) => `create temporary table ${table} (like holdfast.${table} including all)`;
/** A copy in which every slot is free, and which no wall guards. */
const free = (schema: string) =>
  `create table ${schema}.slots as select * from holdfast.slots; update ${schema}.slots set booked_count = 0, capacity = 9, appointment_ids = '{}'`;
const first = 'set local search_path = shadow, holdfast, public';
/** PostgreSQL's own functions and operators come last. */
const beforeAll = 'set local search_path = shadow, holdfast, public, pg_catalog';
const shadow = (what: string, path = first) => `create schema shadow; ${what}; ${path}`;
const operator = (name: string, type: string, result: string) =>
  shadow(
    `create function shadow.says(${type}, ${type}) returns boolean language sql immutable as 'select ${result}';
     create operator shadow.${name} (leftarg = ${type}, rightarg = ${type}, function = shadow.says)`,
    beforeAll,
  );

export const shadows: Readonly<Record<string, string>> = {
  ...Object.fromEntries(copies.map((table) => [`an empty temporary table ${table}`, emptied(table)])),
  'all of them as empty temporary tables': copies.map(emptied).join('; '),
  'a temporary table of slots that are all free': free('pg_temp'),
  'a temporary view of slots': 'create temporary view slots as select * from holdfast.slots where false',
  'the temporary schema first': `${free('pg_temp')}; set local search_path = pg_temp, holdfast, public`,
  'no search_path': "set local search_path = ''",
  ...Object.fromEntries(
    copies.map((table) => [
      `a schema before, with ${table}`,
      shadow(`create table shadow.${table} (like holdfast.${table} including all)`),
    ]),
  ),
  'a schema before, with free slots': shadow(free('shadow')),
  'a schema before, with holds_slots that says no': shadow(
    "create function shadow.holds_slots(text) returns boolean language sql immutable as 'select false'",
  ),
  'a schema before, with lock_slots that locks nothing': shadow(
    "create function shadow.lock_slots(holdfast.appointments, holdfast.appointments) returns void language sql as ''",
  ),
  'a schema before, with release_slots that gives back too much': shadow(
    `create function shadow.release_slots(holdfast.appointments, holdfast.appointments) returns void language sql as
      'update holdfast.slots set booked_count = 0'`,
  ),
  'a schema before, with refuse_by_wall that refuses nothing': shadow(
    "create function shadow.refuse_by_wall() returns trigger language plpgsql as 'begin return new; end'",
  ),
  'a schema before, with pg_trigger_depth that says one': shadow(
    "create function shadow.pg_trigger_depth() returns integer language sql as 'select 1'",
    beforeAll,
  ),
  'a schema before, with generate_series of nothing': shadow(
    `create function shadow.generate_series(timestamptz, timestamptz, interval) returns setof timestamptz
      language sql as 'select now() where false'`,
    beforeAll,
  ),
  'a schema before, with date_bin that takes every instant': shadow(
    `create function shadow.date_bin(interval, timestamptz, timestamptz) returns timestamptz
      language sql immutable as 'select $2'`,
    beforeAll,
  ),
  'a schema before, with a quarter_hour of any minute': shadow('create domain shadow.quarter_hour as timestamptz'),
  'a schema before, with a seat_count without end': shadow('create domain shadow.seat_count as integer'),
  'a schema before, with array_remove that takes everything': shadow(
    `create function shadow.array_remove(uuid[], uuid) returns uuid[] language sql immutable as 'select array[]::uuid[]'`,
    beforeAll,
  ),
  'a schema before, with cardinality that says what was counted': shadow(
    "create function shadow.cardinality(uuid[]) returns integer language sql immutable as 'select 1'",
    beforeAll,
  ),
  'a schema before, with held_stretches of nothing': shadow(
    `create function shadow.held_stretches(holdfast.appointments)
      returns table (k integer, resource_id uuid, from_at timestamptz, until_at timestamptz)
      language sql as 'select 1, null::uuid, now(), now() where false'`,
  ),
  'an operator < that is always true': operator('<', 'integer', 'true'),
  'an operator = of uuids that is never true': operator('=', 'uuid', 'false'),
  'an operator < of instants that is never true': operator('<', 'timestamptz', 'false'),
  'an operator <> of uuids that is never true': operator('<>', 'uuid', 'false'),
  'an operator <= that is always true': operator('<=', 'integer', 'true'),
  'an operator + that adds nothing': shadow(
    `create function shadow.stays(integer, integer) returns integer language sql immutable as 'select $1';
     create operator shadow.+ (leftarg = integer, rightarg = integer, function = shadow.stays)`,
    beforeAll,
  ),
};
