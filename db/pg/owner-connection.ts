import postgres from 'postgres';

/** The owner's connections, for what runs apart from serving: seeding, rosters, tests. */
export type OwnerConnection = postgres.Sql<{ bigint: bigint }>;
export type OwnerTransaction = postgres.TransactionSql<{ bigint: bigint }>;

/** PostgreSQL type oids (pg_type.dat). */
const oid = { int8: 20, date: 1082, timestamptz: 1184 };

/**
 * Connections by postgres.js, whose helpers for rows and columns make light work of bulk statements. Instants and dates
 * come back as from `openPool`. Not for serving: docs/adr/0002.
 */
export function openOwnerConnection(
  adminDatabaseUrl: string,
  options: { max?: number; applicationName?: string } = {},
): OwnerConnection {
  return postgres(adminDatabaseUrl, {
    max: options.max ?? 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: options.applicationName ?? 'holdfast owner',
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
  });
}
