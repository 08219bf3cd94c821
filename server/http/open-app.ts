import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { clockHeader } from '../../core/primitives/clock-header.ts';
import type { Limits } from '../limits/limits.ts';
import type { Metrics } from '../observe/metrics.ts';
import { problem, problemMediaType } from '../problems/problems.ts';
import { errorToAnswer } from './error-to-answer.ts';

export interface AppOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** Takes addresses from X-Forwarded-For. Only for a server behind a proxy that sets this header. */
  readonly trustProxy: boolean;
  /**
   * The database's clock, RFC 3339: every answer brings it, so that a desk learns how far its own clock is off. Null where this
   * server does not know it: a desk keeps what it hears.
   */
  readonly now: () => string | null;
}

/** Opens fastify with our limits and log lines. Every error is RFC 9457: fastify's, Node's, and those that routes throw. */
export function openApp({ log, metrics, limits, trustProxy, now }: AppOptions): FastifyInstance {
  const requestMs = limits.requestSeconds * 1000;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // No child logger for each request: the child would pass the redaction once more, for one line.
    childLoggerFactory: (logger) => logger,
    trustProxy,
    bodyLimit: limits.bodyBytes,
    requestTimeout: requestMs,
    // How long a socket may be silent. The keep-alive of an event stream comes well within this time.
    connectionTimeout: Math.max(2 * requestMs, 60_000),
    // Node looks for late headers at this interval. Its default is 30 s, far beyond the headers' own limit.
    http: { headersTimeout: Math.min(requestMs, 10_000), connectionsCheckingInterval: 1_000 },
    // While the app closes, our own handlers still answer requests on open connections.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    clientErrorHandler: answerOnSocket,
  }) as unknown as FastifyInstance;

  // The API takes JSON alone; fastify would also read text/plain.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((_request, reply) => {
    const detail = 'There is nothing at this address. GET /api/openapi.json lists what there is.';
    return reply.code(404).send(problem('not-found', detail, null));
  });

  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    const known = now();
    if (known !== null) reply.header(clockHeader, known);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    const type = String(reply.getHeader('content-type') ?? '');
    if (reply.statusCode >= 400 && type.startsWith('application/json')) reply.header('content-type', problemMediaType);
  });

  // The event of the socket and not onResponse, which never comes where the caller left before the answer.
  app.addHook('onRequest', async (request, reply) => {
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const ms = performance.now() - startedAt;
      const { method, signedIn, desk } = request;
      const route = request.routeOptions.url ?? 'unknown';
      // A closed window or a pulled cable is no error. nginx uses 499 for it.
      const left = !reply.raw.writableFinished;
      const status = left && !reply.raw.headersSent ? 499 : reply.statusCode;
      const line = {
        reqId: request.id,
        method,
        route,
        status,
        ms: Math.round(ms * 10) / 10,
        orgId: (signedIn ?? desk)?.orgId,
      };
      request.log.info(left ? { ...line, left } : line, 'answered');
      const streams = String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
      if (!streams) metrics.requestAnswered(method, route, status, ms / 1000);
    });
  });
  return app;
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = errorToAnswer(error, request.id);
  if (answer.unexpected) request.log.error({ err: error, errorId: request.id }, 'a request failed');
  return reply.code(answer.problem.status).headers(answer.headers).type(problemMediaType).send(answer.problem);
}

/** Answers what never became a request: Node's parser refused it, or it did not arrive in time. */
function answerOnSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isOverflow = error.code === 'HPE_HEADER_OVERFLOW';
  const message = 'This is not an HTTP request that can be read.';
  const answer =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? problem('timeout', 'The request did not arrive in time. Send it again.', null)
      : isOverflow
        ? problem('too-large', 'The headers are too large.', null)
        : problem('invalid-input', message, { issues: [{ path: '', message }] });
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${answer.status} ${answer.title}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
