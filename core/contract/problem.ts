import { z } from 'zod';

import { appointment } from '../calendar/appointment.ts';
import { conflict, stale } from '../calendar/conflict.ts';
import { problemCodes, type DeskProblemCode, type ProblemCode } from '../primitives/problem-codes.ts';
import { stored } from '../primitives/texts.ts';

/** Why what was asked makes no sense, whatever others asked for. */
const refusalReasons = [
  'not-offered',
  'unsuitable',
  'in-the-past',
  'not-today',
  'not-begun',
  'unknown',
  'birth-date',
  'parent-refused',
  'too-old',
  'clock-ahead',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** What `data` holds, by the code. A code that is not here does not compile. */
const dataOf = {
  'invalid-input': z.strictObject({ issues: z.array(z.strictObject({ path: stored, message: stored })) }),
  unauthenticated: z.null(),
  forbidden: z.null(),
  'not-found': z.null(),
  timeout: z.null(),
  conflict,
  'stale-version': stale,
  'status-conflict': z.strictObject({ current: appointment }),
  /** `update` names the older of the two. */
  'protocol-mismatch': z.strictObject({ server: z.int(), desk: z.int(), update: z.enum(['desk', 'server']) }),
  'too-large': z.null(),
  'unsupported-media-type': z.null(),
  'command-reused': z.null(),
  refused: z.strictObject({ reason: z.enum(refusalReasons) }),
  'too-many-requests': z.null(),
  internal: z.null(),
  busy: z.null(),
} as const satisfies Record<ProblemCode, z.ZodType>;

type ProblemDefinitions = { readonly [C in ProblemCode]: (typeof problemCodes)[C] & { data: (typeof dataOf)[C] } };

/**
 * The problems of HTTP routes (RFC 9457): `type` is `https://holdfast.example/problems/` and the code, `data` is the extension
 * member that carries what the code promises.
 */
export const problems = Object.fromEntries(
  Object.entries(problemCodes).map(([code, meaning]) => [code, { ...meaning, data: dataOf[code as ProblemCode] }]),
) as unknown as ProblemDefinitions;

interface ProblemDetails<C extends string, Data> {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: C;
  readonly data: Data;
}

/** RFC 9457 problem details; `data` holds what the code promises. */
export type Problem = { [C in ProblemCode]: ProblemDetails<C, z.infer<(typeof dataOf)[C]>> }[ProblemCode];

/** What a desk call may be refused with. */
export type DeskProblem = Problem | { [C in DeskProblemCode]: ProblemDetails<C, null> }[DeskProblemCode];
