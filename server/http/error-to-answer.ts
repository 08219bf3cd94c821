import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';

import type { Problem } from '../../core/contract/problem.ts';
import { databaseStateOf, errorCode } from '../../db/pg/sql-state.ts';
import { Busy } from '../../db/pg/with-serializable.ts';
import { invalidInput } from '../problems/input-issues.ts';
import { problem, ProblemError } from '../problems/problems.ts';

export interface ErrorAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** The error is a bug or broken I/O: the log gets a line under the id that the answer names. */
  readonly unexpected: boolean;
}

/** The problems for fastify's own errors, by their codes. */
const fastifyProblems: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    problem('too-large', 'No request needs a body this large. Send a smaller one.', null),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    problem('unsupported-media-type', 'Send the body as JSON, with Content-Type: application/json.', null),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformed('The body is empty. Send JSON, or no Content-Type.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => malformed('The body is not as long as Content-Length says.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => malformed('The body is not JSON.'),
  FST_ERR_BAD_URL: () =>
    malformed('The address is not well-formed: a percent sign stands before two hexadecimal digits.'),
};

function malformed(message: string): Problem {
  return problem('invalid-input', message, { issues: [{ path: '', message }] });
}

const isClientError = (status: unknown) => typeof status === 'number' && status >= 400 && status < 500;

function retryAfter(seconds: number): Record<string, string> {
  return { 'retry-after': String(seconds) };
}

/**
 * The only translation of errors into answers (RFC 9457). The answer holds nothing of a foreign error: messages of
 * PostgreSQL, drizzle and zod can hold a patient's data.
 */
export function errorToAnswer(error: unknown, requestId: string): ErrorAnswer {
  const expected = (of: Problem, headers: Record<string, string> = {}) => ({ problem: of, headers, unexpected: false });

  if (error instanceof ProblemError) {
    const { problem: own, retryAfterSeconds } = error;
    return expected(own, {
      ...(retryAfterSeconds === undefined ? {} : retryAfter(retryAfterSeconds)),
      ...(own.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    });
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    if (!(error.cause instanceof ValidationError)) return expected(malformed('The request is not well-formed.'));
    return expected(invalidInput(error.cause.issues));
  }
  const code = errorCode(error);
  const fastifyProblem = fastifyProblems[code];
  if (fastifyProblem) return expected(fastifyProblem());
  const state = error instanceof Busy ? 'passing' : databaseStateOf(code);
  if (state === 'passing') {
    const detail = 'The database does not answer just now. Send the same request again in a moment.';
    return { ...expected(problem('busy', detail, null), retryAfter(2)), unexpected: !(error instanceof Busy) };
  }
  // A schema should have refused the value and named its field. The line in the log shows that one schema did not.
  if (state === 'bad-value') {
    return { ...expected(malformed('There is a value in this that cannot be kept. Correct it.')), unexpected: true };
  }
  // Errors of fastify's JSON parser carry a status and no code; those of fastify that have no words of ours are the caller's too.
  if (error instanceof Error && 'statusCode' in error && isClientError(error.statusCode)) {
    const isJson = error instanceof SyntaxError || code.startsWith('FST_ERR_CTP_');
    return expected(malformed(isJson ? 'The body is not JSON.' : 'The request is not well-formed.'));
  }
  const detail = `This is our fault. Tell your administrator the error id ${requestId}.`;
  return { problem: problem('internal', detail, null), headers: {}, unexpected: true };
}
