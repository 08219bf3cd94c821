import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

export interface Listener {
  /** NOTIFYs the same channel. Rejects while the connection is broken. */
  notify(payload: string): Promise<void>;
  close(): Promise<void>;
}

const longestWaitMs = 5_000;

/**
 * LISTENs on a connection of its own, because the session has to stay; a broken one is opened again, at first soon and
 * then every 5 seconds, and `onResumed` called, because what was said meanwhile is lost. Throws when the first attempt
 * fails. Not for PgBouncer in transaction mode, which keeps no session: there nothing is ever heard.
 */
export async function listen(
  databaseUrl: string,
  channel: string,
  onNotify: (payload: string) => void,
  onResumed: () => void,
): Promise<Listener> {
  const url = new URL(databaseUrl);
  url.searchParams.delete('prepare');
  const closing = new AbortController();
  let current: Client | undefined;

  async function connect(): Promise<void> {
    const client = new Client({
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
    async notify(payload) {
      const client = current;
      if (!client) return;
      const [name, words] = [client.escapeLiteral(channel), client.escapeLiteral(payload)];
      // A NOTIFY is a commit, for which the bookings' commits wait at the disk. It writes nothing that could be lost. For
      // this transaction alone: behind a pooler the setting would stay with a connection that others commit on. Two
      // statements in one message are one transaction that PostgreSQL ends by itself, also where it fails: after a BEGIN of
      // ours a refused NOTIFY would leave the connection in a transaction, deaf.
      await client.query(`set local synchronous_commit = off; select pg_notify(${name}, ${words})`);
    },
    async close() {
      closing.abort();
      await current?.end().catch(() => {});
    },
  };
}
