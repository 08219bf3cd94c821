import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { createProcedureClient, type AnyProcedure } from '@orpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { serveDay } from '../calendar/serve-day.ts';
import type { Desk } from '../desks/desk-register.ts';
import { errorToAnswer } from '../http/error-to-answer.ts';
import { countRequest, perTenSeconds, tooManyRequests, type Limits } from '../limits/limits.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import type { SignedIn } from '../sessions/session-register.ts';
import { readBearer } from '../sessions/tokens.ts';
import { requireCaller, type RequestContext } from './request-context.ts';
import { listRoutes, type Route } from './route-list.ts';
import { makeRouter, type RouterDependencies } from './router.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller: a person, or else a desk. */
    signedIn: SignedIn | null;
    desk: Desk | null;
  }
}

/** Proxies close a connection that says nothing for a minute or half; 25 s is below all of them. */
const keepAliveMs = 25_000;

const timedOut = 'What became of it is unknown. Send the same request, a command with the same id, again.';

/** Serves every route of the contract below `/api`. Access is checked before the body is read. */
export function serveContract(app: FastifyInstance, dependencies: RouterDependencies, limits: Limits): void {
  const admit = makeAdmission(dependencies, limits);
  const router = makeRouter(dependencies);
  const handler = new OpenAPIHandler<RequestContext>(router, {
    eventIteratorKeepAliveInterval: keepAliveMs,
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          const { requestId, log } = options.context;
          const answer = errorToAnswer(error, requestId);
          if (answer.unexpected) log.error({ err: error, errorId: requestId }, 'a request failed');
          const { problem: body, headers } = answer;
          return { matched: true, response: { status: body.status, headers: { ...headers }, body } };
        }
      },
    ],
  });

  const countStream = makeStreamCount(limits);

  app.decorateRequest('signedIn', null);
  app.decorateRequest('desk', null);
  for (const route of listRoutes()) {
    const call = takesItsBodyAlone(route) ? makeCall(router, route) : null;
    app.route({
      method: route.method,
      url: `/api${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      exposeHeadRoute: false,
      onRequest: async (request) => {
        await admit(request, route);
        refuseUnread(request, route);
      },
      handler: async (request, reply) => {
        const { id, ip, log, signedIn, desk } = request;
        const context = { requestId: id, address: ip, signedIn, desk, log };
        if (route.streams) countStream(signedIn?.sessionKey ?? desk?.deskKey ?? ip, reply);
        if (call) return withTimeLimit(call(request.body ?? {}, { context }), reply, limits.requestSeconds * 1000);
        const handled: Promise<unknown> =
          route.name === 'calendar.day'
            ? serveDay(dependencies.pool, requireCaller(context), request, reply)
            : handler.handle(request, reply, { prefix: '/api', context });
        await (route.streams ? handled : withTimeLimit(handled, reply, limits.requestSeconds * 1000));
        return reply;
      },
    });
  }
}

/** Serves a command or a sign-in: JSON comes and JSON goes, which fastify reads and writes by itself. */
function takesItsBodyAlone({ method, path }: Route): boolean {
  return method === 'POST' && !path.includes('{');
}

/**
 * The route's procedure, which checks input and output against the contract. The OpenAPI handler would find the route a
 * second time and copy the answer once more. That gains nothing where path and query say nothing.
 */
function makeCall(router: ReturnType<typeof makeRouter>, { name }: Route) {
  const [group = '', member = ''] = name.split('.');
  const procedure = (router as Readonly<Record<string, Readonly<Record<string, AnyProcedure>>>>)[group]?.[member];
  if (!procedure) throw new Error(`route ${name} has no procedure`);
  return createProcedureClient(procedure, { context: (context: RequestContext) => context });
}

/** Checks how often the caller asks, who it is, and what it may: 429, 401 and 403, in this order where several hold. */
function makeAdmission({ sessions, desks }: Pick<RouterDependencies, 'sessions' | 'desks'>, limits: Limits) {
  const bySession = perTenSeconds(limits.requestsPerTenSeconds);
  const byAddress = perTenSeconds(limits.strangerRequestsPerTenSeconds);

  return async (request: FastifyRequest, route: Route): Promise<void> => {
    const required = route.access;
    const bearer = required === 'anyone' ? null : readBearer(request.headers.authorization);
    const token = bearer?.token ?? null;
    const register = bearer?.kind === 'desk' ? desks : sessions;
    // The request counts before the database is asked: otherwise each made-up token would cost a look-up.
    if (token === null || !register.knows(token)) await countRequest(byAddress, request.ip);
    if (required === 'anyone') return;
    const found = token === null ? null : await register.find(token);
    if (!found) {
      throw new ProblemError(
        problem('unauthenticated', 'Sign in at POST /api/sessions, and send its token as Authorization: Bearer.', null),
      );
    }
    if ('deskKey' in found) {
      await countRequest(bySession, found.deskKey);
      request.desk = found;
      if (!route.forDesks) {
        throw new ProblemError(problem('forbidden', "A desk's token does not do here. Sign in as a person.", null));
      }
      // The body of a command names the person whose permission counts.
      if (route.isCommand) return;
    } else {
      await countRequest(bySession, found.sessionKey);
      request.signedIn = found;
    }
    if (required !== 'signed-in' && !found.permissions.includes(required)) {
      throw new ProblemError(
        problem('forbidden', `This needs the permission ${required}. Somebody who has it can sign in and do it.`, null),
      );
    }
  };
}

/** Counts the open event streams of a caller; throws the 429 for one too many. A stream counts until its connection closes. */
function makeStreamCount({ streamsPerSession }: Limits): (key: string, reply: FastifyReply) => void {
  const open = new Map<string, number>();
  return (key, reply) => {
    const before = open.get(key) ?? 0;
    if (before >= streamsPerSession)
      throw tooManyRequests(10_000, 'These are more event streams than a desk ever opens.');
    open.set(key, before + 1);
    reply.raw.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  };
}

/** Refuses a query string that no schema reads, like any unknown field: ignoring it silently would hide a mistake. */
function refuseUnread(request: FastifyRequest, route: Route): void {
  const isRead = route.method === 'GET' && route.contract['~orpc'].inputSchema !== undefined;
  const unread = isRead ? [] : Object.keys(request.query as object);
  if (unread.length === 0) return;
  const issues = unread
    .slice(0, 50)
    .map((path) => ({ path: path.slice(0, 200), message: 'There is no such field here. Leave it out.' }));
  throw new ProblemError(problem('invalid-input', 'This route takes nothing in its query string.', { issues }));
}

/**
 * Waits for the answer to be on its way, or throws the 408. The work goes on after a 408: a commit is never cancelled.
 * fastify's `handlerTimeout` forgets its timer as soon as a body is read, so it limits no POST.
 */
async function withTimeLimit<T>(handled: Promise<T>, reply: FastifyReply, limitMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    if (!reply.sent) late.reject(new ProblemError(problem('timeout', timedOut, null)));
  }, limitMs);
  try {
    return await Promise.race([handled, late.promise]);
  } finally {
    clearTimeout(timer);
    handled.catch(() => {});
  }
}
