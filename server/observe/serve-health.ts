import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import type { Pool } from '../../db/pg/pool.ts';
import { schemaFileNames } from '../../db/pg/schema-files.ts';
import type { Metrics } from './metrics.ts';

/** How long `/health/ready` waits for the database. */
const patienceMs = 2_000;

/** A health report has its own media type (draft-inadarei-api-health-check); a failure too is no problem document. */
const healthMediaType = 'application/health+json';

/**
 * Serves `/health/live` (the process answers), `/health/ready` (the database answers too and has the schema of this version;
 * else 503 and the reason) and `/metrics` (Prometheus' text format). No answer holds anything of an organization.
 */
export function serveHealth(app: FastifyInstance, { pool, metrics }: { pool: Pool; metrics: Metrics }): void {
  app.get('/health/live', (_request, reply) => reply.type(healthMediaType).send({ status: 'pass' }));

  app.get('/health/ready', async (_request, reply) => {
    const reason = await findUnready(pool);
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
    const applied = await Promise.race([
      pool<{ name: string }[]>`select name from holdfast_api.find_schema_files()`,
      delay(patienceMs, null, { signal: patience.signal }),
    ]);
    if (applied === null) return 'the database does not answer';
    const known = await schemaFileNames();
    const missing = known.filter((name) => !applied.some((row) => row.name === name));
    if (missing.length > 0) return `the database lacks ${missing.join(', ')}: migrate it`;
    if (applied.length > known.length) return 'the database was migrated by a newer version: update this server';
    return null;
  } catch {
    return 'the database cannot be reached';
  } finally {
    patience.abort();
  }
}
