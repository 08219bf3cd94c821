import { v7 as uuidv7 } from 'uuid';

import type { Command } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import type { Session } from '../../../core/contract/session.ts';
import { protocol } from '../../../core/primitives/protocol.ts';

/** An HTTP answer, and how long it took. */
export type Answer =
  | { readonly status: 200; readonly body: Outcome; readonly milliseconds: number }
  | { readonly status: number; readonly body: Problem; readonly milliseconds: number };

/** One signed-in desk that speaks plain HTTP, and shares no code with the product's client. */
export async function signInDesk(url: string, username: string, password: string, deskId: string) {
  const post = async (path: string, body: unknown, token?: string) => {
    const startedAt = performance.now();
    const response = await fetch(`${url}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    const parsed = await response.json();
    return { status: response.status, body: parsed, milliseconds: performance.now() - startedAt };
  };
  const signedIn = await post('/sessions', { username, password });
  if (signedIn.status !== 200) throw new Error(`signing in failed with ${signedIn.status}`);
  const { token, person } = signedIn.body as Session;

  return {
    bookCommand: (body: Command<'book'>['body']): Command<'book'> => ({
      commandId: uuidv7(),
      actorId: person.userId,
      deskId,
      madeAt: new Date().toISOString(),
      protocol,
      body,
    }),
    book: (command: Command<'book'>) => post('/commands/book', command, token) as Promise<Answer>,
  };
}
export type DeskClient = Awaited<ReturnType<typeof signInDesk>>;
