import type postgres from 'postgres';

/**
 * Puts a clock of the test in the place of the database's own, in this database alone. Returns what sets it, in milliseconds
 * since 1970. A sequence holds the time: reading one is no read that SERIALIZABLE watches.
 */
export async function holdDatabaseClock(
  owner: postgres.Sql,
  milliseconds: number,
): Promise<(milliseconds: number) => Promise<void>> {
  await owner`create sequence if not exists holdfast.held_clock`;
  await owner.unsafe(`create or replace function holdfast.database_now() returns timestamptz language sql volatile
    return timestamptz 'epoch' + (select last_value from holdfast.held_clock) * interval '1 millisecond'`);
  const set = async (at: number) => void (await owner`select setval('holdfast.held_clock', ${Math.round(at)}::bigint)`);
  await set(milliseconds);
  return set;
}
