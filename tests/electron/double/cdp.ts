import { EventEmitter } from 'node:events';

import { WebSocket } from 'ws';

type Fields = Record<string, unknown>;

/** The part of the connection that belongs to one target. Commands resolve with their result; events are emitted by name. */
export class CdpSession extends EventEmitter {
  readonly send: <T = Fields>(method: string, params?: Fields) => Promise<T>;

  constructor(send: (method: string, params: Fields) => Promise<unknown>) {
    super();
    this.send = async <T>(method: string, params: Fields = {}) => (await send(method, params)) as T;
  }
}

export interface Cdp {
  readonly browser: CdpSession;
  session(sessionId: string): CdpSession;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly sessionId?: string;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/** Speaks the Chrome DevTools protocol, with a session for each target. */
export async function connectCdp(url: string): Promise<Cdp> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const sessions = new Map<string, CdpSession>();
  let lastId = 0;

  const open = (sessionId?: string) =>
    new CdpSession((method, params) => {
      if (socket.readyState !== socket.OPEN) return Promise.reject(new Error(`${method}: Chromium is gone`));
      lastId += 1;
      socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId ? { sessionId } : {}) }));
      return new Promise((resolve, reject) => pending.set(lastId, { resolve, reject }));
    });
  const browser = open();
  const session = (sessionId: string) => {
    const known = sessions.get(sessionId) ?? open(sessionId);
    sessions.set(sessionId, known);
    return known;
  };

  socket.on('message', (data: Buffer) => {
    const { id, method, params, sessionId, result, error } = JSON.parse(data.toString()) as Message;
    if (id === undefined) {
      (sessionId === undefined ? browser : session(sessionId)).emit(method ?? '', params);
      return;
    }
    const call = pending.get(id);
    pending.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  socket.on('close', () => {
    for (const { reject } of pending.values()) reject(new Error('Chromium is gone'));
    pending.clear();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return { browser, session };
}
