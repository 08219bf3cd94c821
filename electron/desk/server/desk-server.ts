import type { SessionKeeper } from '../sessions/session-keeper.ts';
import type { Connection } from './connection.ts';
import { replyOf, type Reply } from './reply.ts';
import { openServerClient, type CallContext, type ServerClient } from './server-client.ts';

interface CallOptions {
  readonly context: CallContext;
  readonly signal?: AbortSignal;
}

type Call<T> = (client: ServerClient, options: CallOptions) => Promise<T>;

export interface DeskServer {
  /** Asks as the person who is signed in. Where the server no longer knows the session, it is forgotten here too. */
  ask<T>(call: Call<T>, signal?: AbortSignal): Promise<Reply<T>>;
  /** Asks as nobody: to sign in. */
  askAsNobody<T>(call: Call<T>): Promise<Reply<T>>;
  /** Ends every request that is under way. */
  close(): void;
}

export interface DeskServerOptions {
  readonly serverUrl: string;
  readonly timeLimitMs: number;
  readonly sessions: SessionKeeper;
  readonly connection: Connection;
  readonly onSessionLost: () => void;
}

/** The desk's only way to the server: every answer, and every silence, passes here. */
export function openDeskServer({
  serverUrl,
  timeLimitMs,
  sessions,
  connection,
  onSessionLost,
}: DeskServerOptions): DeskServer {
  const closing = new AbortController();
  const client = openServerClient({ serverUrl, timeLimitMs, closing: closing.signal });

  async function askAs<T>(token: string | null, call: Call<T>, signal?: AbortSignal): Promise<Reply<T>> {
    const reply = await replyOf(call(client, { context: { token }, ...(signal && { signal }) }));
    // What we ended ourselves says nothing of the server.
    if (!closing.signal.aborted && !signal?.aborted) connection.contact(reply.kind !== 'unreachable');
    return reply;
  }

  return {
    askAsNobody: (call) => askAs(null, call),
    async ask(call, signal) {
      const token = sessions.current()?.token ?? null;
      const reply = await askAs(token, call, signal);
      const rejected = reply.kind === 'problem' && reply.problem.code === 'unauthenticated';
      if (rejected && token !== null && sessions.forget(token)) onSessionLost();
      return reply;
    },
    close: () => closing.abort(),
  };
}
