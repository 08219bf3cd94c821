import path from 'node:path';

import { openStore } from '../../../../db/sqlite/open-store.ts';
import { keyFile } from '../../../../electron/browser/key-file.ts';
import { windowDays } from './make-sync-clinic.ts';
import { openFilledDesk } from './open-filled-desk.ts';
import type { SyncWorld } from './with-sync-world.ts';

/** Milliseconds, one figure for each round. */
export interface BootstrapRuns {
  /** From the answer to the sign-in until the desk holds the last day of its window. */
  readonly desk: readonly number[];
  /** The same rows inserted into an empty store by prepared statements in one transaction. */
  readonly floor: readonly number[];
  readonly rows: Readonly<Record<string, number>>;
  /** The size of the desk's store in bytes. */
  readonly storeBytes: number;
}

const tables = ['patients', 'appointments', 'held_days', 'settings'] as const;
type Rows = Readonly<Record<(typeof tables)[number], readonly Readonly<Record<string, unknown>>[]>>;

/** Measures both in turn on new stores. The first round is a warm-up and not counted. */
export async function measureBootstrap(world: SyncWorld, rounds: number): Promise<BootstrapRuns> {
  const desk: number[] = [];
  const floor: number[] = [];
  let rows: Rows | null = null;
  let storeBytes = 0;
  for (let round = 0; round <= rounds; round++) {
    const folder = await world.folder('bootstrap');
    const deskMs = await bootstrap(world, folder);
    const left = readRows(folder);
    storeBytes = left.bytes;
    rows ??= left.rows;
    requireWhole(world, left.rows);
    const floorMs = insert(rows, await world.folder('floor'));
    process.stderr.write(`  bootstrap: ${deskMs.toFixed(0)} ms, its rows alone ${floorMs.toFixed(0)} ms\n`);
    if (round === 0) continue;
    desk.push(deskMs);
    floor.push(floorMs);
  }
  const counts = Object.entries(rows ?? {}).map(([table, list]) => [table, list.length]);
  return { desk, floor, rows: Object.fromEntries(counts), storeBytes };
}

async function bootstrap(world: SyncWorld, dataDir: string): Promise<number> {
  const { desk, filledInMs } = await openFilledDesk(await world.deskOptions(dataDir));
  await desk.close();
  return filledInMs;
}

const storeIn = (folder: string) => openStore(path.join(folder, 'desk.sqlite'), keyFile.loadKey(folder));

function readRows(folder: string): { readonly rows: Rows; readonly bytes: number } {
  const { client } = storeIn(folder);
  try {
    const rows = tables.map((table) => [table, client.prepare(`select * from ${table}`).all()]);
    const bytes = client
      .prepare('select page_count * page_size from pragma_page_count, pragma_page_size')
      .pluck()
      .get();
    return { rows: Object.fromEntries(rows) as Rows, bytes: Number(bytes) };
  } finally {
    client.close();
  }
}

function requireWhole({ clinic }: SyncWorld, rows: Rows): void {
  const counts = tables.map((table) => rows[table].length);
  const [patients = 0, , days = 0] = counts;
  const isWhole = days === windowDays && patients === clinic.patients.length;
  if (!isWhole) throw new Error(`the desk holds ${tables.map((table, n) => `${counts[n]} ${table}`).join(', ')}`);
}

function insert(rows: Rows, folder: string): number {
  const { client } = storeIn(folder);
  try {
    const startedAt = performance.now();
    client
      .transaction(() => {
        for (const table of tables) {
          const columns = Object.keys(rows[table][0] ?? {});
          const marks = columns.map(() => '?').join(', ');
          const put = client.prepare(`insert into ${table} (${columns.join(', ')}) values (${marks})`);
          for (const row of rows[table]) put.run(...Object.values(row));
        }
      })
      .immediate();
    return performance.now() - startedAt;
  } finally {
    client.close();
  }
}
