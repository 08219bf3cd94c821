import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';

import { migrate } from '../../../../db/pg/migrate.ts';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../../server/host/database/start-embedded-postgres.ts';
import { makeBenchClinic, type BenchClinic } from './bench-clinic.ts';
import { writePast } from './past.ts';

const days = 120;

export interface BenchDatabase {
  readonly database: EmbeddedPostgres;
  readonly admin: postgres.Sql;
  readonly clinic: BenchClinic;
  /** The value of `server_version`. */
  readonly version: string;
}

/** An embedded PostgreSQL with fsync on, and a clinic that has `past` visits behind it. */
export async function withBenchDatabase<T>(past: number, fn: (bench: BenchDatabase) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-bench-'));
  const database = await startEmbeddedPostgres({ dataDir });
  const admin = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
  try {
    await migrate(database);
    const clinic = await makeBenchClinic(admin, days);
    // As in a clinic, query plans are made for tables that are not empty.
    await writePast(database, clinic, past);
    const [row] = await admin<{ version: string }[]>`select current_setting('server_version') as version`;
    return await fn({ database, admin, clinic, version: row?.version ?? '' });
  } finally {
    await admin.end();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
