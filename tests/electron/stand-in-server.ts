import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import fastify, { type FastifyReply } from 'fastify';

import type { Changes, DayView, News } from '../../core/calendar/calendar.ts';
import type { PairedDesk } from '../../core/contract/pairing.ts';
import { problems, type Problem } from '../../core/contract/problem.ts';
import type { Credentials, Session } from '../../core/contract/session.ts';
import type { WaitlistEntry } from '../../core/contract/waitlist.ts';
import { tokenOf } from '../../core/domain/people/token-form.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { dayBounds } from '../../core/domain/time/zoned.ts';
import { clockHeader } from '../../core/primitives/clock-header.ts';
import type { ProblemCode } from '../../core/primitives/problem-codes.ts';
import { aDayView, aSession, cursorAt } from './builders.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

interface Push {
  readonly type: string;
  readonly commandId: string;
  readonly token: string;
  readonly command: unknown;
}

/** A problem document as the server writes it. */
export function aProblem(code: ProblemCode, data: unknown = null): Problem {
  const { status, title } = problems[code];
  return {
    type: `https://holdfast.example/problems/${code}`,
    status,
    title,
    detail: title,
    code,
    data,
  } as unknown as Problem;
}

function answerWith(reply: FastifyReply, { status, body, headers }: Answer): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'application/json', ...headers })
    .send(JSON.stringify(body));
}

export function refusedWith(problem: Problem, headers: Record<string, string> = {}): Answer {
  return { status: problem.status, body: problem, headers: { 'content-type': 'application/problem+json', ...headers } };
}

/**
 * A server that speaks the wire format and answers as the test says, for what the real server does not do on purpose: fall
 * silent, be busy, forget a session, withhold rows.
 */
export async function startStandIn(port = 0) {
  const app = fastify({ forceCloseConnections: true });
  const streams = new Set<ServerResponse>();
  const script = {
    session: aSession(),
    day: aDayView(),
    /** By default `day` on its own date, and days like it without visits on all others. */
    dayOf(siteId: string, date: string): DayView | Promise<DayView> {
      const { start, end } = dayBounds(date, script.day.site.timeZone);
      const isOwn = date === script.day.date && siteId === script.day.site.siteId;
      const bounds = { date, startsAt: instantOf(start), endsAt: instantOf(end) };
      return isOwn ? script.day : { ...script.day, ...bounds, appointments: [], patients: [], openRuns: [] };
    },
    changes: [] as Changes[],
    /** Refusals in the place of the feed and of the stream of pokes. */
    refusals: {} as { changes?: Answer; pokes?: Answer },
    waitlist: [] as WaitlistEntry[],
    /** Answers a command; by default the command is done. */
    decide: (push: Push): Answer | Promise<Answer> => ({
      status: 200,
      body: { commandId: push.commandId, appointment: null },
    }),
    knows: (token: string, session: Session) => token === session.token || token === script.paired?.deskToken,
    /** The pairing that the one-time code of the test brings. Its token is then let in. */
    paired: null as PairedDesk | null,
    code: null as string | null,
    /** The database's clock as each answer brings it; null: no answer does. */
    clock: null as string | null,
  };
  const pushes: Push[] = [];
  const pairings: unknown[] = [];
  const signIns: Credentials[] = [];
  const cursorsAsked: string[] = [];
  const daysAsked: string[] = [];

  app.addHook('onSend', async (_request, reply) => {
    if (script.clock !== null) reply.header(clockHeader, script.clock);
  });
  app.addHook('onRequest', async (request, reply) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (request.url === '/api/sessions' || request.url === '/api/desks' || script.knows(token, script.session)) return;
    await reply
      .code(401)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(aProblem('unauthenticated')));
  });
  app.post<{ Body: Credentials }>('/api/sessions', ({ body }) => {
    signIns.push(body);
    return script.session;
  });
  app.post<{ Body: { code: string } }>('/api/desks', async ({ body }, reply) => {
    pairings.push(body);
    if (script.code === null || body.code !== script.code) {
      const problem = JSON.stringify(aProblem('unauthenticated'));
      return reply.code(401).header('content-type', 'application/problem+json').send(problem);
    }
    script.code = null;
    const { orgId, organizationName, isDemo } = script.session.person;
    script.paired = { deskToken: tokenOf('nordstern', 'desk', 'A'.repeat(43)), orgId, organizationName, isDemo };
    return script.paired;
  });
  app.delete('/api/sessions/current', () => ({}));
  app.get<{ Params: { siteId: string; date: string } }>('/api/sites/:siteId/days/:date', ({ params }) => {
    daysAsked.push(params.date);
    return script.dayOf(params.siteId, params.date);
  });
  app.get('/api/sites/:siteId/waitlist', () => script.waitlist);
  app.get('/api/sessions/current', () => script.session.person);
  app.get('/api/patients', () => script.day.patients);
  app.get<{ Querystring: { cursor: string } }>('/api/changes', async ({ query }, reply) => {
    cursorsAsked.push(query.cursor);
    if (script.refusals.changes) return answerWith(reply, script.refusals.changes);
    return (
      script.changes.shift() ?? {
        cursor: query.cursor || cursorAt(1),
        reset: query.cursor === '',
        withheld: false,
        changes: [],
      }
    );
  });
  app.get('/api/pokes', async (_request, reply) => {
    if (script.refusals.pokes) return answerWith(reply, script.refusals.pokes);
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
    streams.add(reply.raw);
    reply.raw.on('close', () => streams.delete(reply.raw));
  });
  app.post<{ Params: { type: string }; Body: { commandId: string } }>('/api/commands/:type', async (request, reply) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const push = { type: request.params.type, commandId: request.body.commandId, token, command: request.body };
    pushes.push(push);
    return answerWith(reply, await script.decide(push));
  });
  await app.listen({ host: '127.0.0.1', port });
  const taken = (app.server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    script,
    pushes,
    pairings,
    signIns,
    cursorsAsked,
    daysAsked,
    listeners: () => streams.size,
    poke(news?: News) {
      for (const stream of streams) stream.write(`event: message\ndata: ${JSON.stringify({ news })}\n\n`);
    },
    close: () => app.close(),
  };
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;
