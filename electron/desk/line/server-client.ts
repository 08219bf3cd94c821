import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';

import { routes } from '../../../core/contract/routes.ts';
import { clockHeader } from '../../../core/primitives/clock-header.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import { readProblem, readRetryAfter, ServerRefusal } from './read-problem.ts';

/** The token of one call. Each call carries its own, so that an answer to a session that has ended since is known as such. */
export interface CallContext {
  readonly token: string | null;
}

export type ServerClient = JsonifiedClient<ContractRouterClient<typeof routes, CallContext>>;

/** No answer came in time, or another program answered. Whether the server did what was asked is unknown. */
export class ServerUnreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer from the server', options);
    this.name = 'ServerUnreachable';
  }
}

export interface ServerClientOptions {
  readonly serverUrl: string;
  /** For one whole answer; for a stream, until its first byte. */
  readonly timeLimitMs: number;
  /** Ends every request that is under way. */
  readonly closing: AbortSignal;
  /** In the place of Node's fetch. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timers?: DeskTimers | undefined;
  /** Called before each request; the returned function hears what the answer says of the server's clock. */
  readonly measureClock?: (() => (serverClock: string | null) => void) | undefined;
}

/**
 * Makes a typed client of every route. Its calls throw ServerRefusal for a problem, ServerUnreachable where no server answered,
 * and another error where an answer does not keep the contract.
 */
export function openServerClient(options: ServerClientOptions): ServerClient {
  const link = new OpenAPILink<CallContext>(routes, {
    url: `${options.serverUrl.replace(/\/$/, '')}/api`,
    headers: ({ context: { token } }) => (token === null ? {} : { authorization: `Bearer ${token}` }),
    fetch: (request, init) => fetchAnswer(request, init, options),
    plugins: [new ResponseValidationPlugin(routes)],
  });
  return createORPCClient<ServerClient>(link);
}

/**
 * Makes a response of a text that was read already. As its body the text would be written and read once more: 850 kB for a
 * full day. A class that extends Response would load Node's fetch together with this file, before the first request.
 */
function readAnswer(text: string, { status, headers }: Response): Response {
  return Object.assign(new Response(null, { status, headers }), { text: () => Promise.resolve(text) });
}

async function fetchAnswer(
  request: Request,
  init: RequestInit,
  { timeLimitMs, closing, fetch = globalThis.fetch, timers = defaultTimers, measureClock }: ServerClientOptions,
) {
  const limit = new AbortController();
  const cancelLimit = timers.after(timeLimitMs, () => limit.abort());
  const hearClock = measureClock?.();
  try {
    const response = await fetch(request, {
      ...init,
      signal: AbortSignal.any([request.signal, closing, limit.signal]),
    });
    hearClock?.(response.headers.get(clockHeader));
    const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim();
    if (response.ok && mediaType === 'text/event-stream') return response;
    // Reading the text here tells a connection that breaks half-way from an answer that breaks the contract.
    const body = await response.text();
    if (response.ok && mediaType === 'application/json') return readAnswer(body, response);
    const problem = readProblem(body);
    if (problem) throw new ServerRefusal(problem, readRetryAfter(response.headers));
    throw new ServerUnreachable();
  } catch (error) {
    throw error instanceof ServerRefusal || error instanceof ServerUnreachable
      ? error
      : new ServerUnreachable({ cause: error });
  } finally {
    cancelLimit();
  }
}
