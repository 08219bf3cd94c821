import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import type { Pool } from '../../db/pg/pool.ts';
import { schemaFileNames } from '../../db/pg/schema-files.ts';
import { errorCode } from '../../db/pg/sql-state.ts';
import type { Metrics } from './metrics.ts';

/** How long `/health/ready` waits for the database. */
const patienceMs = 2_000;

/** A health report has its own media type (draft-inadarei-api-health-check); a failure too is no problem document. */
const healthMediaType = 'application/health+json';

/** How long an answer is reused, in milliseconds: frequent questions then cost the database nothing. */
const freshMs = 1_000;

export interface HealthDependencies {
  /** A connection of its own, so that no queue of bookings delays the answer, and no caller delays a booking. */
  readonly pool: Pool;
  readonly metrics: Metrics;
}

/**
 * Serves `/health/live` (the process answers), `/health/ready` (the database answers too, has the schema of this version, and
 * can be written; else 503 and the reason) and `/metrics` (Prometheus' text format). No answer holds anything of an
 * organization.
 */
export function serveHealth(app: FastifyInstance, { pool, metrics }: HealthDependencies): void {
  const check = remembered(() => findUnready(pool), freshMs);

  app.get('/health/live', (_request, reply) => reply.type(healthMediaType).send({ status: 'pass' }));

  app.get('/health/ready', async (_request, reply) => {
    const reason = await check();
    if (reason === null) return reply.type(healthMediaType).send({ status: 'pass' });
    return reply.code(503).header('retry-after', '2').type(healthMediaType).send({ status: 'fail', output: reason });
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

async function findUnready(pool: Pool): Promise<string | null> {
  const patience = new AbortController();
  try {
    const found = await Promise.race([readSchema(pool), delay(patienceMs, null, { signal: patience.signal })]);
    return found === null ? 'the database does not answer' : await unreadyBy(found);
  } catch (error) {
    return errorCode(error) === '25006' ? 'the database can be read and not written' : 'the database cannot be used';
  } finally {
    patience.abort();
  }
}

async function readSchema(pool: Pool): Promise<readonly string[]> {
  const applied = await pool<{ name: string }[]>`select name from holdfast_api.find_schema_files()`;
  await pool`select holdfast_api.check_writable()`;
  return applied.map(({ name }) => name);
}

async function unreadyBy(applied: readonly string[]): Promise<string | null> {
  const known = await schemaFileNames();
  const missing = known.filter((name) => !applied.includes(name));
  if (missing.length > 0) return `the database lacks ${missing.join(', ')}: migrate it`;
  if (applied.length > known.length) return 'the database was migrated by a newer version: update this server';
  return null;
}

/** Runs `fn` once for all who ask while it is under way, and gives its answer for `ms` milliseconds after it has ended. */
function remembered<T>(fn: () => Promise<T>, ms: number): () => Promise<T> {
  let last: Promise<T> | null = null;
  return () => {
    last ??= fn().finally(() => setTimeout(() => (last = null), ms).unref());
    return last;
  };
}
