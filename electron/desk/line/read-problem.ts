import { problems, type Problem } from '../../../core/contract/problem.ts';
import type { ProblemCode } from '../../../core/primitives/problem-codes.ts';

/** The server refused. `retryAfterMs`: how long the server asks to wait; null where it does not say. */
export class ServerRefusal extends Error {
  readonly problem: Problem;
  readonly retryAfterMs: number | null;

  constructor(problem: Problem, retryAfterMs: number | null) {
    super(problem.code);
    this.name = 'ServerRefusal';
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Reads a problem document (RFC 9457) as the contract has it. Null where the body has no known code with its data: then a
 * proxy or a captive portal answered, not our server, and nothing is decided.
 */
export function readProblem(body: string): Problem | null {
  const document = parseJson(body);
  if (typeof document !== 'object' || document === null || !('code' in document)) return null;
  const { code } = document;
  if (typeof code !== 'string' || !Object.hasOwn(problems, code)) return null;
  const known = problems[code as ProblemCode];
  const { type, status, title, detail, data } = document as Record<string, unknown>;
  const parsed = known.data.safeParse(data ?? null);
  if (!parsed.success || status !== known.status) return null;
  return {
    type,
    status,
    title: title ?? known.title,
    detail: detail ?? known.title,
    code,
    data: parsed.data,
  } as Problem;
}

/** Reads `Retry-After` (RFC 9110, 10.2.3) in seconds, as milliseconds. Null where it is absent or a date. */
export function readRetryAfter(headers: Headers): number | null {
  const seconds = /^\d{1,5}$/.exec(headers.get('retry-after')?.trim() ?? '');
  return seconds ? Number(seconds[0]) * 1_000 : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
