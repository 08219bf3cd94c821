import { problems, type Problem } from '../../core/contract/problem.ts';
import type { ProblemCode } from '../../core/primitives/problem-codes.ts';

/** The media type of every error answer (RFC 9457, section 3). */
export const problemMediaType = 'application/problem+json';

/** What a problem of code `C` carries in `data`. */
export type ProblemData<C extends ProblemCode> = Extract<Problem, { code: C }>['data'];

/**
 * The RFC 9457 problem details of one code, with the contract's status and title. `detail` is for the person who asked: it
 * says what to do, and never holds what that person may not see.
 */
export function problem<C extends ProblemCode>(
  code: C,
  detail: string,
  data: ProblemData<C>,
): Extract<Problem, { code: C }> {
  const { status, title } = problems[code];
  // TypeScript cannot see that indexing by C and extracting by C give the same member of the union.
  return { type: `https://holdfast.example/problems/${code}`, status, title, detail, code, data } as unknown as Extract<
    Problem,
    { code: C }
  >;
}

/** Thrown where a refusal has to leave a call stack that returns something else. The HTTP edge answers with its problem. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** The value of Retry-After (RFC 9110, section 10.2.3), of a 429 or 503. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problemDetails: Problem, retryAfterSeconds?: number) {
    super(problemDetails.code);
    this.name = 'ProblemError';
    this.problem = problemDetails;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
