import { createHash } from 'node:crypto';

import pg from 'pg';

import { errorCode, spoilsConnection } from './sql-state.ts';

/** Rows of one statement: `` sql<{ name: string }[]>`select name from sites where site_id = ${siteId}` ``. */
export type Query = <Rows extends readonly object[]>(
  text: TemplateStringsArray,
  ...values: readonly unknown[]
) => Promise<Rows>;

/** A connection inside one of the two doors: `withSerializable` and `withSnapshot`. Statements run one after another. */
export type Transaction = Query;

export interface PoolDoors {
  /**
   * Runs `fn` between BEGIN with this mode and COMMIT. Only the two doors call it: `withSerializable`, `withSnapshot`.
   * Throws when the server answered COMMIT with a rollback, because a caller must never take that for a success, and
   * {@link CommitInDoubt}.
   */
  transaction<T>(mode: string, fn: (tx: Transaction) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** Connections of the app's role. Calling it runs a statement by itself. */
export type Pool = Query & PoolDoors;

/** PostgreSQL type oids (pg_type.dat). */
const oid = { int8: 20, date: 1082, timestamptz: 1184 };

/** Instants come back as RFC 3339 in UTC, dates as `2026-11-23`: never as a Date, whose day depends on the process. */
const parsers = new Map<number, (text: string) => unknown>([
  [oid.int8, BigInt],
  [oid.date, (day) => day],
  [oid.timestamptz, (text) => text.replace(' ', 'T').replace(/\+00$/, 'Z')],
]);

const types = {
  getTypeParser: (id: Parameters<typeof pg.types.getTypeParser>[0], format?: string) =>
    (format === 'binary' ? undefined : parsers.get(id)) ?? pg.types.getTypeParser(id, format as 'text'),
};

/**
 * COMMIT was answered, but its wait for the synchronous standby was interrupted: a failover may lose it. Running the
 * command again, by its id, waits again.
 */
export class CommitInDoubt extends Error {
  /** SQLSTATE transaction_resolution_unknown. */
  readonly code = '08007';

  constructor() {
    super('the wait for the synchronous standby was interrupted');
    this.name = 'CommitInDoubt';
  }
}

/** Commits; returns the command tag. PostgreSQL answers an interrupted wait with COMMIT too, behind a mere warning. */
async function commit(client: pg.PoolClient): Promise<string> {
  let isInterrupted = false;
  const onNotice = ({ routine }: { routine?: string | undefined }) => {
    isInterrupted ||= routine === 'SyncRepWaitForLSN';
  };
  client.on('notice', onNotice);
  try {
    const { command } = await client.query('commit');
    if (isInterrupted) throw new CommitInDoubt();
    return command;
  } finally {
    client.off('notice', onNotice);
  }
}

/** A template is the same object each time its line runs, so its text and its name are made once. */
const statements = new WeakMap<TemplateStringsArray, { readonly text: string; readonly name: string }>();

function statementOf(template: TemplateStringsArray) {
  let statement = statements.get(template);
  if (!statement) {
    const text = template.reduce((before, piece, n) => `${before}$${n}${piece}`);
    statement = { text, name: createHash('sha256').update(text).digest('base64url') };
    statements.set(template, statement);
  }
  return statement;
}

/**
 * Opens a pool over node-postgres. `?prepare=false` in the URL goes without prepared statements, for a PgBouncer before
 * 1.21. Why not postgres.js: docs/adr/0002.
 */
export function openPool(databaseUrl: string, options: { max?: number; applicationName?: string } = {}): Pool {
  const url = new URL(databaseUrl);
  const prepare = url.searchParams.get('prepare') !== 'false';
  url.searchParams.delete('prepare');
  const pool = new pg.Pool({
    connectionString: url.href,
    max: options.max ?? 32,
    application_name: options.applicationName ?? 'holdfast',
    options: '-c TimeZone=UTC',
    // A held transaction withholds the change feed from every desk, so none may idle.
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 10_000,
    // Longer than any statement of ours takes: a statement that hangs gives its connection back, and its caller a 503.
    statement_timeout: 25_000,
    lock_timeout: 10_000,
    // A new connection signs in and compiles the functions anew, some 30 ms that the next booking would wait for; after
    // the usual ten seconds, in a quiet clinic, that would be every booking.
    min: Math.min(2, options.max ?? 32),
    idleTimeoutMillis: 300_000,
    keepAlive: true,
    types,
  });
  // A connection that dies is taken out of the pool, and the statement on it fails; without a listener the event itself
  // would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const queryOn =
    (client: pg.Pool | pg.PoolClient): Query =>
    async <Rows extends readonly object[]>(template: TemplateStringsArray, ...values: readonly unknown[]) => {
      const { text, name } = statementOf(template);
      const result = await client.query({ text, values: [...values], ...(prepare ? { name } : {}) });
      return result.rows as unknown as Rows;
    };

  return Object.assign(queryOn(pool), {
    end: () => pool.end(),
    async transaction<T>(mode: string, fn: (tx: Transaction) => Promise<T>): Promise<T> {
      const client = await pool.connect();
      try {
        await client.query(`begin ${mode}`);
        const value = await fn(oneAfterAnother(queryOn(client)));
        const command = await commit(client);
        if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`);
        client.release();
        return value;
      } catch (error) {
        // A connection on which even ROLLBACK fails is thrown away with whatever it was in the middle of.
        await client.query('rollback').then(
          () => client.release(spoilsConnection(errorCode(error))),
          (broken: Error) => client.release(broken),
        );
        throw error;
      }
    },
  });
}

/** A connection takes one statement at a time; those that are asked for together wait for one another. */
function oneAfterAnother(query: Query): Query {
  let last: Promise<unknown> = Promise.resolve();
  return <Rows extends readonly object[]>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
    const result = last.then(() => query<Rows>(text, ...values));
    last = result.catch(() => {});
    return result;
  };
}
