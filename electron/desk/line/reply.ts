import type { Problem } from '../../../core/contract/problem.ts';
import { ServerRefusal } from './read-problem.ts';
import { ServerUnreachable } from './server-client.ts';

/** How one request ended. `unintelligible`: the answer does not keep the contract. */
export type Reply<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryAfterMs: number | null }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unintelligible' };

/** Waits for a client's call, and tells apart the ways in which it can end. Never rejects. */
export async function replyOf<T>(call: Promise<T>): Promise<Reply<T>> {
  try {
    return { kind: 'answer', value: await call };
  } catch (error) {
    if (error instanceof ServerRefusal) {
      return { kind: 'problem', problem: error.problem, retryAfterMs: error.retryAfterMs };
    }
    return { kind: error instanceof ServerUnreachable ? 'unreachable' : 'unintelligible' };
  }
}
