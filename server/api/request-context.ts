import type { FastifyBaseLogger } from 'fastify';

import type { Desk } from '../desks/desk-register.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import type { SignedIn } from '../sessions/session-register.ts';

/** What one request brings. The access of its route is checked before. */
export interface RequestContext {
  readonly requestId: string;
  readonly address: string;
  /** The caller: a person, or else a desk. */
  readonly signedIn: SignedIn | null;
  readonly desk: Desk | null;
  readonly log: FastifyBaseLogger;
}

export function requireSignedIn({ signedIn }: RequestContext): SignedIn {
  if (!signedIn) throw new ProblemError(problem('unauthenticated', 'Sign in, and send the token.', null));
  return signedIn;
}

/** The caller, a person or a desk, as much of it as reading needs. Throws 401 where there is none. */
export function requireCaller(context: RequestContext): Pick<Desk, 'orgId' | 'permissions'> {
  return context.desk ?? requireSignedIn(context);
}
