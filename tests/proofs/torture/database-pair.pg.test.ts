import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findFullPostgres } from '../../../build/checks/full-postgres.ts';
import { CommitInDoubt, openPool, type Pool } from '../../../db/pg/pool.ts';
import { startDatabasePair, type DatabasePair } from './database/database-pair.ts';
import { openFaultProxy, type FaultProxy } from './faults/fault-proxy.ts';

// All tests share one pair. Each leaves a primary with a standby behind, whichever node is which.
let folder: string;
let pair: DatabasePair;
let link: FaultProxy;

async function onPrimary<T>(fn: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(pair.adminDatabaseUrl(), { max: 1, onnotice: () => {} });
  try {
    return await fn(sql);
  } finally {
    await sql.end();
  }
}

const numbers = () =>
  onPrimary(async (sql) => (await sql<{ n: number }[]>`select n from told order by n`).map(({ n }) => n));

/** A pool of the owner's, through the link that always leads to the current primary. */
async function withPool<T>(fn: (pool: Pool) => Promise<T>): Promise<T> {
  const url = new URL(pair.adminDatabaseUrl());
  url.port = String(link.port);
  const pool = openPool(url.href, { max: 2 });
  try {
    return await fn(pool);
  } finally {
    await pool.end();
  }
}

const tell = (pool: Pool, n: number) =>
  pool.transaction('', async (tx) => {
    await tx`insert into told values (${n})`;
  });

/** Resolves with the backend whose commit waits for the standby. */
async function commitThatWaits(): Promise<number> {
  return onPrimary((sql) =>
    expect
      .poll(
        async () =>
          (await sql<{ pid: number }[]>`select pid from pg_stat_activity where wait_event = 'SyncRep'`)[0]?.pid,
      )
      .toEqual(expect.any(Number))
      .then(async () => {
        const [row] = await sql<{ pid: number }[]>`select pid from pg_stat_activity where wait_event = 'SyncRep'`;
        return row!.pid;
      }),
  );
}

// On a machine without `pg_basebackup`, `npm test` says that these did not run (build/checks/tally.ts).
describe.skipIf(findFullPostgres(process.env) === null)('a primary and its synchronous standby', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'holdfast-pair-'));
    pair = await startDatabasePair({ parentDir: folder, durable: false, synchronousCommit: 'on' });
    link = await openFaultProxy(pair.primaryPort);
    await onPrimary((sql) => sql`create table told (n integer primary key)`);
  });
  afterAll(async () => {
    await link.close();
    await pair.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(['killed', 'isolated'] as const)(
    'what was answered is there when the primary was %s, and the old one answers nobody any more',
    async (kind) => {
      await withPool(async (pool) => {
        const before = await numbers();
        const n = before.length + 1;
        await tell(pool, n);
        await pair.failOver(kind, link.reset);
        expect(await numbers()).toEqual([...before, n]);
        await expect.poll(() => tell(pool, n + 1).then(() => 'told', String)).toBe('told');
        expect(await numbers()).toEqual([...before, n, n + 1]);
      });
    },
  );

  test('a commit is answered only when the standby has it, and never by a primary that dies first', async () => {
    await withPool(async (pool) => {
      const before = await numbers();
      pair.replicationLink.inflict('frozen');
      const telling = tell(pool, 1_000).then(
        () => 'told',
        () => 'in doubt',
      );
      await commitThatWaits();
      await pair.failOver('killed', link.reset);
      expect(await telling).toBe('in doubt');
      expect(await numbers()).toEqual(before);
    });
  });

  test('a commit whose wait for the standby was interrupted is in doubt, not done', async () => {
    await withPool(async (pool) => {
      pair.replicationLink.inflict('frozen');
      const telling = tell(pool, 2_000).then(
        () => 'told',
        (error: unknown) => error,
      );
      const waiting = await commitThatWaits();
      await onPrimary((sql) => sql`select pg_cancel_backend(${waiting})`);
      expect(await telling).toBeInstanceOf(CommitInDoubt);
      pair.replicationLink.heal();
    });
  });

  test('a server that is shut down while a commit waits answers nothing', async () => {
    await withPool(async (pool) => {
      pair.replicationLink.inflict('frozen');
      const telling = tell(pool, 3_000).then(
        () => 'told',
        () => 'in doubt',
      );
      const waiting = await commitThatWaits();
      await onPrimary((sql) => sql`select pg_terminate_backend(${waiting})`);
      expect(await telling).toBe('in doubt');
      pair.replicationLink.heal();
    });
  });

  test('a failover gives transaction ids a second time: no reader may be sent beyond the last change that it saw', async () => {
    // The standby does not learn of the ids that are used now.
    pair.replicationLink.inflict('frozen');
    const headBefore = await onPrimary(async (sql) => {
      for (let n = 0; n < 5; n++) {
        await sql
          .begin(async (tx) => {
            await tx`insert into told values (${4_000 + n})`;
            throw new Error('refused');
          })
          .catch(() => {});
      }
      return head(sql);
    });
    await pair.failOver('killed', link.reset);
    expect(await onPrimary(head)).toBeLessThan(headBefore);
  });

  async function head(sql: postgres.Sql): Promise<number> {
    const [row] = await sql<{ xmin: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`;
    return Number(row!.xmin);
  }

  test('without the wait for the standby an answered commit is lost, which the torture has to find', async () => {
    const parentDir = await mkdtemp(path.join(tmpdir(), 'holdfast-weak-pair-'));
    const weak = await startDatabasePair({ parentDir, durable: false, synchronousCommit: 'local' });
    const count = async () => {
      const sql = postgres(weak.adminDatabaseUrl(), { max: 1, onnotice: () => {} });
      try {
        return (await sql`select n from told`).length;
      } finally {
        await sql.end();
      }
    };
    const sql = postgres(weak.adminDatabaseUrl(), { max: 1, onnotice: () => {} });
    try {
      await sql`create table told (n integer primary key)`;
      // This commit waits for the standby, so it is there after every failover.
      await sql.begin(async (tx) => {
        await tx`set local synchronous_commit to on`;
        await tx`insert into told values (1)`;
      });
      await weak.failOver('killed');
      expect(await count()).toBe(1);
      weak.replicationLink.inflict('frozen');
      const other = postgres(weak.adminDatabaseUrl(), { max: 1, onnotice: () => {} });
      await other`insert into told values (2)`;
      await weak.failOver('killed');
      await other.end({ timeout: 0 });
      expect(await count()).toBe(1);
    } finally {
      await sql.end({ timeout: 0 });
      await weak.stop();
      await rm(parentDir, { recursive: true, force: true });
    }
  });
});
