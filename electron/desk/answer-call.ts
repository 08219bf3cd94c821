import type { z } from 'zod';

import { deskAccess, type DeskAccess } from '../../core/contract/desk/access.ts';
import { deskCalls, type DeskAnswer, type DeskCall, type DeskOutput } from '../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import type { Person } from '../../core/contract/session.ts';
import type { Result } from '../../core/domain/terms.ts';
import { deskProblem, notAllowed, signInFirst } from './problems/problem.ts';

type ParsedInput<C extends DeskCall> = z.output<(typeof deskCalls)[C]['input']>;

export type DeskHandlers = {
  readonly [C in DeskCall]: (input: ParsedInput<C>) => Promise<Result<DeskOutput<C>, DeskProblem>>;
};

/** The caller of a desk call, as far as access depends on it. */
export interface DeskCaller {
  /** The signed-in person; null while nobody is signed in. */
  readonly person: Person | null;
  /** Whether nobody has signed in at this desk yet. Reads the store. */
  isNew(): boolean;
}

/** Why this caller may not make the call: the problem `unauthenticated` or `forbidden`. Null where the caller may. */
function obstacleTo(call: DeskCall, caller: DeskCaller): DeskProblem | null {
  const { person } = caller;
  const access: DeskAccess = deskAccess[call];
  if (access === 'anyone' || (access === 'setup' && caller.isNew())) return null;
  if (!person) return signInFirst();
  if (access === 'signed-in') return null;
  const needed = access === 'setup' ? 'set-up-desk' : access;
  return person.permissions.includes(needed) ? null : notAllowed(needed);
}

/** The call is not in the contract: it comes from a renderer of another version, or from another program. */
export class UnknownDeskCallError extends Error {
  constructor() {
    super('There is no such desk call; core/contract/desk/calls.ts lists them all.');
    this.name = 'UnknownDeskCallError';
  }
}

/**
 * Lets the caller in by `deskAccess`, parses the payload of a call by the contract, and answers the call. A payload that does
 * not parse is answered by the problem `invalid-input` with every path and message. Rejects for a bug alone.
 * @throws UnknownDeskCallError for a name that the contract does not list
 */
export async function answerCall(
  handlers: DeskHandlers,
  caller: DeskCaller,
  name: string,
  input: unknown,
): Promise<DeskAnswer<DeskCall>> {
  if (!Object.hasOwn(deskCalls, name)) throw new UnknownDeskCallError();
  const call = name as DeskCall;
  const obstacle = obstacleTo(call, caller);
  if (obstacle) return { ok: false, problem: obstacle };
  const parsed = deskCalls[call].input.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return {
      ok: false,
      problem: deskProblem('invalid-input', issues.map((issue) => issue.message).join(' '), { issues }),
    };
  }
  // Schema and handler belong to one call. TypeScript loses this link through the union of names.
  const handler = handlers[call] as (payload: unknown) => Promise<Result<DeskOutput<DeskCall>, DeskProblem>>;
  const result = await handler(parsed.data);
  return result.ok ? { ok: true, value: result.value } : { ok: false, problem: result.error };
}

export interface DeskCalls {
  /** Answers one call as `answerCall` does. */
  answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>>;
  /** Resolves when the calls that are now under way are answered or have failed. */
  settled(): Promise<unknown>;
}

/** Answers calls, and knows which are under way: the store is closed after them. */
export function answerCalls(handlers: DeskHandlers, caller: () => DeskCaller): DeskCalls {
  const underWay = new Set<Promise<unknown>>();
  return {
    answer(name, input) {
      const answering = answerCall(handlers, caller(), name, input).finally(() => underWay.delete(answering));
      underWay.add(answering);
      return answering;
    },
    settled: () => Promise.allSettled(underWay),
  };
}
