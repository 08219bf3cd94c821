import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import type { Limits } from '../limits/limits.ts';
import type { Metrics } from '../observe/metrics.ts';
import { problem, problemMediaType } from '../problems/problems.ts';
import { errorToAnswer } from './error-to-answer.ts';

export interface AppOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** Addresses come from X-Forwarded-For: only behind a proxy that sets it. */
  readonly trustProxy: boolean;
}

/** fastify with our limits, our log lines, and RFC 9457 for every error: its own, Node's, and whatever a route throws. */
export function openApp({ log, metrics, limits, trustProxy }: AppOptions): FastifyInstance {
  const requestMs = limits.requestSeconds * 1000;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A child for each request would go through the redaction once more than its one line does.
    childLoggerFactory: (logger) => logger,
    trustProxy,
    bodyLimit: limits.bodyBytes,
    requestTimeout: requestMs,
    // Silence on a socket; an event stream's keep-alive is well below it.
    connectionTimeout: Math.max(2 * requestMs, 60_000),
    http: { headersTimeout: Math.min(requestMs, 10_000) },
    // While closing, requests that arrive on an open connection are still answered, by us.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    clientErrorHandler: answerOnSocket,
  }) as unknown as FastifyInstance;

  // JSON alone; fastify also reads text/plain by itself.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((_request, reply) => {
    const detail = 'There is nothing at this address. GET /api/openapi.json lists what there is.';
    return reply.code(404).send(problem('not-found', detail, null));
  });

  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    const type = String(reply.getHeader('content-type') ?? '');
    if (reply.statusCode >= 400 && type.startsWith('application/json')) reply.header('content-type', problemMediaType);
  });

  // The socket's own event and not onResponse, which never comes for someone who left before an answer was sent.
  app.addHook('onRequest', async (request, reply) => {
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const ms = performance.now() - startedAt;
      const { method, signedIn, desk } = request;
      const route = request.routeOptions.url ?? 'unknown';
      // A closed window or a pulled cable is not an error. 499 is nginx's word for it.
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

/** What never became a request: Node's parser refused it, or it did not arrive in time. */
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
