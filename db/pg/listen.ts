import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

export interface ListenOptions {
  readonly databaseUrl: string;
  readonly channel: string;
  readonly onNotify: (payload: string) => void;
  /** Listening again after the connection broke: what was said meanwhile is lost. */
  readonly onResumed: () => void;
}

export interface Listening {
  close(): Promise<void>;
}

const longestWaitMs = 5_000;

/**
 * LISTENs on a connection of its own, because the session has to stay; a broken one is opened again, at first soon and
 * then every 5 seconds. Throws when the first attempt fails. Not for PgBouncer in transaction mode, which keeps no
 * session: there nothing is ever heard.
 */
export async function listen({ databaseUrl, channel, onNotify, onResumed }: ListenOptions): Promise<Listening> {
  const url = new URL(databaseUrl);
  url.searchParams.delete('prepare');
  const closing = new AbortController();
  let current: pg.Client | undefined;

  async function connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: url.href,
      application_name: 'holdfast listener',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    current = client;
    // An error is always followed by the end, which is what is acted upon.
    client.on('error', () => {});
    client.on('notification', ({ payload = '' }) => onNotify(payload));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    client.once('end', () => {
      if (!closing.signal.aborted) void reconnect();
    });
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = 50; !closing.signal.aborted; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      await delay(waitMs, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return;
      try {
        await connect();
        onResumed();
        return;
      } catch {
        // The next round tries again; the readiness check is what tells that the database is away.
      }
    }
  }

  await connect();
  return {
    async close() {
      closing.abort();
      await current?.end().catch(() => {});
    },
  };
}
