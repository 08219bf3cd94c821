import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import type { Pool } from '../../db/pg/pool.ts';
import { schemaFileNames } from '../../db/pg/schema-files.ts';
import type { Metrics } from './metrics.ts';

const patienceMs = 2_000;

/** draft-inadarei-api-health-check: a report of its own type, and not a problem document, also when it says no. */
const healthMediaType = 'application/health+json';

/**
 * `/health/live`: the process answers. `/health/ready`: and the database does, with the schema of this version; 503 and
 * the reason otherwise. `/metrics`: Prometheus' text format. None of them holds anything of an organization.
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
