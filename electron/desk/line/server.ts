import type { DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';
import type { Connection } from './connection.ts';
import { replyOf, type Reply } from './reply.ts';
import { openServerClient, type CallContext, type ServerClient } from './server-client.ts';

interface CallOptions {
  readonly context: CallContext;
  readonly signal?: AbortSignal;
}

type Call<T> = (client: ServerClient, options: CallOptions) => Promise<T>;

export interface DeskServer {
  /** Asks as the desk, where it is paired; else as the person who is signed in. */
  ask<T>(call: Call<T>, signal?: AbortSignal): Promise<Reply<T>>;
  /** Asks as the person who is signed in. */
  askAsPerson<T>(call: Call<T>): Promise<Reply<T>>;
  /** Asks as nobody: to sign in, to pair. */
  askAsNobody<T>(call: Call<T>): Promise<Reply<T>>;
  /** Ends every request that is under way. */
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
}

/** The desk's only way to the server: every answer, and every silence, passes here. */
export function openDeskServer(options: DeskServerOptions): DeskServer {
  const { serverUrl, timeLimitMs, deskToken, personToken, connection, signals, fetch, timers } = options;
  const closing = new AbortController();
  const client = openServerClient({ serverUrl, timeLimitMs, closing: closing.signal, fetch, timers });

  async function askAs<T>(token: string | null, call: Call<T>, signal?: AbortSignal): Promise<Reply<T>> {
    const reply = await replyOf(call(client, { context: { token }, ...(signal && { signal }) }));
    // What we ended ourselves says nothing of the server.
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
