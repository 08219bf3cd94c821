import type { DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';
import type { ClockOffset } from './clock-offset.ts';
import type { Connection } from './connection.ts';
import { replyOf, type Reply } from './reply.ts';
import { openServerClient, type CallContext, type ServerClient } from './server-client.ts';

interface CallOptions {
  readonly context: CallContext;
  readonly signal?: AbortSignal;
}

type Call<T> = (client: ServerClient, options: CallOptions) => Promise<T>;

/** The server as the desk sees it: a client that knows as whom to ask. */
export interface DeskServer {
  /** Asks as the desk where it is paired, else as the person who is signed in. `signal` ends the request. */
  ask<T>(call: Call<T>, signal?: AbortSignal): Promise<Reply<T>>;
  /** Asks as the person who is signed in. */
  askAsPerson<T>(call: Call<T>): Promise<Reply<T>>;
  /** Asks without a token: to sign in, to pair. */
  askAsNobody<T>(call: Call<T>): Promise<Reply<T>>;
  /** Ends every request that is under way. The desk learns nothing from their ends. */
  close(): void;
}

export interface DeskServerOptions {
  readonly serverUrl: string;
  readonly timeLimitMs: number;
  readonly deskToken: () => string | null;
  readonly personToken: () => string | null;
  readonly connection: Connection;
  readonly signals: Signals;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timers?: DeskTimers | undefined;
  readonly clockOffset: ClockOffset;
}

/**
 * Opens the desk's only way to the server. Every request tells the connection whether the server answered. A token that the
 * server does not know any more is told as `rejected`.
 */
export function openDeskServer(options: DeskServerOptions): DeskServer {
  const { serverUrl, timeLimitMs, deskToken, personToken, connection, signals, fetch, timers, clockOffset } = options;
  const closing = new AbortController();
  const client = openServerClient({
    serverUrl,
    timeLimitMs,
    closing: closing.signal,
    fetch,
    timers,
    measureClock: clockOffset.measure,
  });

  async function askAs<T>(token: string | null, call: Call<T>, signal?: AbortSignal): Promise<Reply<T>> {
    const reply = await replyOf(call(client, { context: { token }, ...(signal && { signal }) }));
    // A request that the desk ended itself says nothing about the server.
    if (!closing.signal.aborted && !signal?.aborted) connection.contact(reply.kind !== 'unreachable');
    const isRejected = reply.kind === 'problem' && reply.problem.code === 'unauthenticated';
    if (isRejected && token !== null) signals.emit('rejected', token);
    return reply;
  }

  return {
    ask: (call, signal) => askAs(deskToken() ?? personToken(), call, signal),
    askAsPerson: (call) => askAs(personToken(), call),
    askAsNobody: (call) => askAs(null, call),
    close: () => closing.abort(),
  };
}
