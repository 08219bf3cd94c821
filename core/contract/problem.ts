import { z } from 'zod';

import { appointment } from '../calendar/appointment.ts';
import { conflict, stale } from '../calendar/conflict.ts';

/** Why what was asked makes no sense, whoever else asked for what. */
const refusalReasons = ['not-offered', 'unsuitable', 'in-the-past', 'unknown', 'birth-date', 'parent-refused'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/**
 * The only list of error codes. Each is one kind of RFC 9457 problem: `type` is `https://holdfast.example/problems/` and
 * the code, `data` is the extension member that carries what the code promises.
 */
export const problems = {
  'invalid-input': {
    status: 400,
    title: 'The request is not well-formed',
    data: z.strictObject({ issues: z.array(z.strictObject({ path: z.string(), message: z.string() })) }),
  },
  unauthenticated: { status: 401, title: 'Sign in first', data: z.null() },
  forbidden: { status: 403, title: 'Your role does not allow this', data: z.null() },
  'not-found': { status: 404, title: 'There is no such thing here', data: z.null() },
  timeout: { status: 408, title: 'The request took too long', data: z.null() },
  conflict: { status: 409, title: 'That time is no longer free', data: conflict },
  'stale-version': { status: 409, title: 'Someone changed this visit meanwhile', data: stale },
  'status-conflict': {
    status: 409,
    title: 'The status of this visit does not allow it',
    data: z.strictObject({ current: appointment }),
  },
  'protocol-mismatch': {
    status: 409,
    title: 'This desk and the server are of versions that do not fit',
    /** `update` names the older of the two. */
    data: z.strictObject({ server: z.int(), desk: z.int(), update: z.enum(['desk', 'server']) }),
  },
  'too-large': { status: 413, title: 'The request is too large', data: z.null() },
  'unsupported-media-type': { status: 415, title: 'Send application/json', data: z.null() },
  'command-reused': { status: 422, title: 'This command id was used with another body', data: z.null() },
  refused: {
    status: 422,
    title: 'This cannot be done',
    data: z.strictObject({ reason: z.enum(refusalReasons) }),
  },
  'too-many-requests': { status: 429, title: 'Too many requests', data: z.null() },
  internal: { status: 500, title: 'Something went wrong on the server', data: z.null() },
  busy: { status: 503, title: 'The server is busy, nothing was booked', data: z.null() },
} as const satisfies Record<string, { status: number; title: string; data: z.ZodType }>;

export type ProblemCode = keyof typeof problems;

/** What a desk says when the server says nothing. No HTTP route answers with these. */
export const deskProblems = {
  unreachable: { status: 504, title: 'The server cannot be reached', data: z.null() },
  'not-kept': { status: 504, title: 'This day is not kept on the desk', data: z.null() },
  'set-up-first': { status: 503, title: 'This desk does not know its server yet', data: z.null() },
  'set-up-failed': { status: 422, title: 'That server cannot be used', data: z.null() },
} as const satisfies Record<string, { status: number; title: string; data: z.ZodType }>;

type ProblemsOf<List extends Record<string, { data: z.ZodType }>> = {
  [C in keyof List]: {
    readonly type: string;
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly code: C;
    readonly data: z.infer<List[C]['data']>;
  };
}[keyof List];

/** RFC 9457 problem details; `data` holds what the code promises. */
export type Problem = ProblemsOf<typeof problems>;

/** What a desk call may be refused with. */
export type DeskProblem = Problem | ProblemsOf<typeof deskProblems>;
