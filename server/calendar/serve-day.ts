import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { routes } from '../../core/contract/routes.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { invalidInput } from '../problems/input-issues.ts';
import { ProblemError } from '../problems/problems.ts';
import { mustSpeakOurs } from '../problems/protocol-mismatch.ts';
import { loadDay } from './load-day.ts';

const input = routes.calendar.day['~orpc'].inputSchema as NonNullable<
  (typeof routes.calendar.day)['~orpc']['inputSchema']
> &
  z.ZodType;

/** Answers with a day as PostgreSQL wrote it. The caller has checked access. Throws ProblemError, as every route does. */
export async function serveDay(
  pool: Pool,
  { orgId, permissions }: { readonly orgId: string; readonly permissions: readonly Permission[] },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const parsed = input.safeParse({ ...(request.query as object), ...(request.params as object) });
  if (!parsed.success) throw new ProblemError(invalidInput(parsed.error.issues));
  const { siteId, date, protocol } = parsed.data;
  mustSpeakOurs(protocol);
  const day = await loadDay(pool, { orgId, siteId, date, withPatients: permissions.includes('read-patients') });
  reply.type('application/json').send(day);
}
