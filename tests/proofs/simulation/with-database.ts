import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

import postgres from 'postgres';

import { migrate } from '../../../db/pg/migrate.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { databaseName } from '../../../server/host/database/credentials.ts';
import { makeDatabase } from '../../../server/host/database/make-database.ts';
import { startEmbeddedPostgres } from '../../../server/host/database/start-embedded-postgres.ts';
import { holdDatabaseClock } from '../../builders/database-clock.ts';
import { inMemory } from './memory-folder.ts';
import { startsAt, type SimulationDatabase } from './run-simulation.ts';
import { applicationName, watchPool } from './watched-pool.ts';

export interface SimulationCluster {
  /** Opens a copy of the template. `exchange`, if given, changes it as its owner. */
  open(exchange?: (owner: postgres.Sql) => Promise<unknown>): Promise<SimulationDatabase & { close(): Promise<void> }>;
  stop(): Promise<void>;
}

/** The database's clock stands at the beginning of every run: its real one is years before the simulated day. */
const simulatedStart = Date.parse(startsAt);

/** Settings of a cluster that does nothing by itself, so that every plan finds the same cluster. */
const settings = [
  'autovacuum = off',
  'jit = off',
  // Query plans must not depend on the runs before.
  "plan_cache_mode = 'force_generic_plan'",
  'deadlock_timeout = 20',
];

/** Starts a PostgreSQL for the simulation alone: transactions of others would hold back its change feed at random. */
export async function startSimulationCluster(): Promise<SimulationCluster> {
  const dataDir = await mkdtemp(path.join(inMemory, 'holdfast-simulation-'));
  const cluster = await startEmbeddedPostgres({ dataDir, durable: false, endsWithProcess: true });
  const withSuperuser = async (work: (superuser: postgres.Sql) => Promise<unknown>) => {
    const superuser = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} });
    try {
      await work(superuser);
    } finally {
      await superuser.end();
    }
  };
  const stop = async () => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await withSuperuser(async (superuser) => {
      for (const setting of settings) await superuser.unsafe(`alter system set ${setting}`);
      await superuser`select pg_reload_conf()`;
    });
    await migrate({ adminDatabaseUrl: cluster.adminDatabaseUrl, databaseUrl: cluster.databaseUrl });
  } catch (error) {
    await stop();
    throw error;
  }

  let databases = 0;
  return {
    stop,
    async open(exchange) {
      const name = `simulation_${++databases}`;
      await withSuperuser((superuser) => makeDatabase(superuser, name, databaseName));
      const at = (url: string) => {
        const there = new URL(url);
        there.pathname = `/${name}`;
        return there.href;
      };
      const options = { max: 1, onnotice: () => {} };
      const admin = postgres(at(cluster.adminDatabaseUrl), options);
      const superuser = postgres(at(cluster.superuserUrl), options);
      const pool = watchPool(openPool(at(cluster.databaseUrl), { max: 60, applicationName }), superuser);
      await holdDatabaseClock(admin, simulatedStart);
      await exchange?.(admin);
      const tables = await superuser<{ name: string }[]>`
        select format('%I', tablename) as name from pg_tables where schemaname = 'holdfast' and tablename <> 'schema_files'`;
      const truncation = `truncate ${tables.map((table) => table.name).join(', ')} restart identity cascade`;
      return {
        admin,
        pool,
        async empty() {
          // The walls forbid this delete to everybody. The superuser takes them down for this one statement.
          await superuser.unsafe(`begin; set local session_replication_role = replica; ${truncation}; commit`);
        },
        async close() {
          await Promise.all([admin.end(), superuser.end(), pool.end()]);
        },
      };
    },
  };
}
