import postgres from 'postgres';

/** Connections of the app's role (or, in tests and migrations, of another). */
export type Pool = postgres.Sql<{ bigint: bigint }>;
/** A connection inside one of the two doors: `withSerializable` and `withSnapshot`. */
export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;

/** PostgreSQL type oids (pg_type.dat). */
const oid = { int8: 20, date: 1082, timestamptz: 1184 };

/**
 * Opens a pool. Instants come back as RFC 3339 in UTC, dates as `2026-11-23`: never as a Date, whose day depends on the
 * zone of the process. `?prepare=false` in the URL goes without prepared statements, for a PgBouncer before 1.21.
 */
export function openPool(databaseUrl: string, options: { max?: number; applicationName?: string } = {}): Pool {
  const url = new URL(databaseUrl);
  const prepare = url.searchParams.get('prepare') !== 'false';
  url.searchParams.delete('prepare');
  return postgres(url.href, {
    max: options.max ?? 32,
    prepare,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: options.applicationName ?? 'holdfast',
      TimeZone: 'UTC',
      // A held transaction withholds the change feed from every desk, so none may idle.
      idle_in_transaction_session_timeout: 10_000,
    },
    types: {
      bigint: postgres.BigInt,
      date: { to: oid.date, from: [oid.date], serialize: (day: string) => day, parse: (day: string) => day },
      instant: {
        to: oid.timestamptz,
        from: [oid.timestamptz],
        serialize: (at: string) => at,
        parse: (text: string) => text.replace(' ', 'T').replace(/\+00$/, 'Z'),
      },
    },
  }) as unknown as Pool;
}
