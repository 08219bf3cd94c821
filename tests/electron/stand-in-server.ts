import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

import type { Changes } from '../../core/contract/calendar.ts';
import { problems, type Problem, type ProblemCode } from '../../core/contract/problem.ts';
import type { Session } from '../../core/contract/session.ts';
import { aDayView, aSession } from './builders.ts';

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

/** A problem as the server would write it. */
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

export function refusedWith(problem: Problem, headers: Record<string, string> = {}): Answer {
  return { status: problem.status, body: problem, headers: { 'content-type': 'application/problem+json', ...headers } };
}

/**
 * A server that speaks the wire format and says what a test tells it to: for what the real one cannot be made to do on
 * purpose (fall silent, be busy, forget a session, withhold).
 */
export async function startStandIn(port = 0) {
  const app = fastify({ forceCloseConnections: true });
  const streams = new Set<ServerResponse>();
  const script = {
    session: aSession(),
    day: aDayView(),
    changes: [] as Changes[],
    /** How a command is answered; by default it is done. */
    decide: (push: Push): Answer | Promise<Answer> => ({
      status: 200,
      body: { commandId: push.commandId, appointment: null },
    }),
    knows: (token: string, session: Session) => token === session.token,
  };
  const pushes: Push[] = [];
  const cursorsAsked: string[] = [];

  app.addHook('onRequest', async (request, reply) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (request.url === '/api/sessions' || script.knows(token, script.session)) return;
    await reply
      .code(401)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(aProblem('unauthenticated')));
  });
  app.post('/api/sessions', () => script.session);
  app.delete('/api/sessions/current', () => ({}));
  app.get('/api/sites/:siteId/days/:date', () => script.day);
  app.get('/api/patients', () => script.day.patients);
  app.get<{ Querystring: { cursor: string } }>('/api/changes', ({ query }) => {
    cursorsAsked.push(query.cursor);
    return script.changes.shift() ?? { cursor: query.cursor || '1.1.1', reset: false, withheld: false, changes: [] };
  });
  app.get('/api/pokes', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
    streams.add(reply.raw);
    reply.raw.on('close', () => streams.delete(reply.raw));
  });
  app.post<{ Params: { type: string }; Body: { commandId: string } }>('/api/commands/:type', async (request, reply) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const push = { type: request.params.type, commandId: request.body.commandId, token, command: request.body };
    pushes.push(push);
    const { status, body, headers } = await script.decide(push);
    await reply
      .code(status)
      .headers({ 'content-type': 'application/json', ...headers })
      .send(JSON.stringify(body));
  });
  await app.listen({ host: '127.0.0.1', port });
  const taken = (app.server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    script,
    pushes,
    cursorsAsked,
    listeners: () => streams.size,
    poke() {
      for (const stream of streams) stream.write('event: message\ndata: {}\n\n');
    },
    close: () => app.close(),
  };
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;
