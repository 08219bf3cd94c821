import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import postgres from 'postgres';

import { requireFullPostgres } from '../../../../build/checks/full-postgres.ts';
import { migrate } from '../../../../db/pg/migrate.ts';
import { databaseName, makeCredentials, roles } from '../../../../server/host/database/credentials.ts';
import { makeDatabase, makeRoles } from '../../../../server/host/database/make-database.ts';
import { openFaultProxy, type FaultProxy } from '../faults/fault-proxy.ts';
import { makeDatabaseNode, superuser } from './database-node.ts';

/** `killed`: the primary dies. `isolated`: the primary lives on, unreachable, until after the standby has taken over. */
export const failoverKinds = ['killed', 'isolated'] as const;
export type FailoverKind = (typeof failoverKinds)[number];

export interface DatabasePair {
  /** The port of the primary; null while there is none. An old primary's port is not named again before it is a standby. */
  primaryPort(): number | null;
  /** The URL for role `holdfast_app` at a proxy's port. */
  databaseUrl(port: number): string;
  /** The URL for role `holdfast_owner` on the primary. */
  adminDatabaseUrl(): string;
  /** The link between the primary and its standby. */
  readonly replicationLink: FaultProxy;
  /** Makes the standby the primary, and the old primary its standby. Calls `onFenced` before the new primary is named. */
  failOver(kind: FailoverKind, onFenced?: () => void): Promise<void>;
  stop(): Promise<void>;
}

export interface PairOptions {
  /** An existing folder. */
  readonly parentDir: string;
  readonly durable: boolean;
  /** `on` by default. A weaker value loses commits in a failover: with it a test shows that the torture finds such losses. */
  readonly synchronousCommit: string;
}

/** A migrated primary with a synchronous standby. A commit is answered when both have flushed it. */
export async function startDatabasePair(options: PairOptions): Promise<DatabasePair> {
  const { parentDir, durable, synchronousCommit } = options;
  const binaries = await requireFullPostgres();
  const password = randomBytes(18).toString('base64url');
  const credentials = makeCredentials();
  const make = (name: string) => makeDatabaseNode({ binaries, parentDir, name, password, durable });
  let primary = await make('one');
  let standby = await make('two');
  let named: number | null = null;
  const replicationLink = await openFaultProxy(() => primary.port);

  const superuserUrl = (port: number, database: string) =>
    `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
  const urlOf = (role: 'owner' | 'app', port: number) =>
    `postgres://${roles[role]}:${credentials[role]}@127.0.0.1:${port}/${databaseName}`;

  async function attachStandby(): Promise<void> {
    await standby.startAsStandbyOf(primary.port, replicationLink.port);
    if (await standbyFollows(superuserUrl(primary.port, 'postgres'))) return;
    throw new Error(`the standby does not follow the primary. It says:\n${await standby.lastWords()}`);
  }

  await primary.startAlone();
  await withSuperuser(superuserUrl(primary.port, 'postgres'), async (sql) => {
    await makeRoles(sql, credentials);
    await makeDatabase(sql, databaseName);
  });
  await migrate({
    adminDatabaseUrl: urlOf('owner', primary.port),
    databaseUrl: urlOf('app', primary.port),
  });
  await primary.waitForStandby(synchronousCommit);
  await attachStandby();
  named = primary.port;

  return {
    primaryPort: () => named,
    databaseUrl: (port) => urlOf('app', port),
    adminDatabaseUrl: () => urlOf('owner', primary.port),
    replicationLink,
    async failOver(kind, onFenced) {
      named = null;
      if (kind === 'killed') await primary.kill();
      onFenced?.();
      // The standby must not hear from the old primary any more, and must not keep a living old primary waiting.
      replicationLink.inflict('cut');
      await standby.promote();
      await primary.kill();
      [primary, standby] = [standby, primary];
      await primary.waitForStandby(synchronousCommit);
      named = primary.port;
      replicationLink.heal();
      await attachStandby();
    },
    async stop() {
      named = null;
      await standby.stop();
      await primary.stop();
      await replicationLink.close();
    },
  };
}

async function withSuperuser<T>(url: string, fn: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await fn(sql);
  } finally {
    await sql.end();
  }
}

/** Waits until PostgreSQL calls the standby synchronous. From then on it has caught up, and commits wait for it. */
async function standbyFollows(url: string): Promise<boolean> {
  return withSuperuser(url, async (sql) => {
    for (let tries = 0; tries < 600; tries++) {
      const following = await sql`select from pg_stat_replication where sync_state = 'sync' and state = 'streaming'`;
      if (following.length === 1) return true;
      await pause(50);
    }
    return false;
  });
}
