import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';

import { routes } from '../../../core/contract/routes.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import { readProblem, readRetryAfter, ServerRefusal } from './read-problem.ts';

/** Who asks. Given with every call, so that an answer can be told from one to a session that has ended since. */
export interface CallContext {
  readonly token: string | null;
}

export type ServerClient = JsonifiedClient<ContractRouterClient<typeof routes, CallContext>>;

/** Nobody answered in time, or not our server: nothing is known of what was asked. */
export class ServerUnreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer from the server', options);
    this.name = 'ServerUnreachable';
  }
}

export interface ServerClientOptions {
  readonly serverUrl: string;
  /** For one whole answer, or for the first byte of a stream. */
  readonly timeLimitMs: number;
  /** Ends every request that is under way. */
  readonly closing: AbortSignal;
  /** In the place of Node's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timers?: DeskTimers | undefined;
}

/**
 * A typed client of every route. Its calls throw ServerRefusal for a problem, ServerUnreachable where nobody decided
 * anything, and another error where an answer does not keep the contract.
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
 * An answer of which the text was read already: as a body it would be written and read once more, 850 kB for a full day. A
 * class that extends Response would load Node's fetch together with this file, before anybody asks a server.
 */
function readAnswer(text: string, { status, headers }: Response): Response {
  return Object.assign(new Response(null, { status, headers }), { text: () => Promise.resolve(text) });
}

async function fetchAnswer(
  request: Request,
  init: RequestInit,
  { timeLimitMs, closing, fetch = globalThis.fetch, timers = defaultTimers }: ServerClientOptions,
) {
  const limit = new AbortController();
  const cancelLimit = timers.after(timeLimitMs, () => limit.abort());
  try {
    const response = await fetch(request, {
      ...init,
      signal: AbortSignal.any([request.signal, closing, limit.signal]),
    });
    const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim();
    if (response.ok && mediaType === 'text/event-stream') return response;
    // Read here, so that a connection that breaks half-way is told from an answer that breaks the contract.
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
