import type { FastifyBaseLogger } from 'fastify';

import type { Desk } from '../desks/desk-register.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import type { SignedIn } from '../sessions/session-register.ts';

/** What one request brings, access checked. */
export interface RequestContext {
  readonly requestId: string;
  readonly address: string;
  /** Whoever asks, where it is a person or a desk: one of the two. */
  readonly signedIn: SignedIn | null;
  readonly desk: Desk | null;
  readonly log: FastifyBaseLogger;
}

export function mustSignedIn({ signedIn }: RequestContext): SignedIn {
  if (!signedIn) throw new ProblemError(problem('unauthenticated', 'Sign in, and send the token.', null));
  return signedIn;
}

/** Whoever asks, a person or a desk, as much of them as reading needs. */
export function mustAsk(context: RequestContext): Pick<Desk, 'orgId' | 'permissions'> {
  return context.desk ?? mustSignedIn(context);
}
