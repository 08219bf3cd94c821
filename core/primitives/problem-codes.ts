interface CodeMeaning {
  readonly status: number;
  readonly title: string;
}

/** The only list of error codes of HTTP routes: each is one kind of RFC 9457 problem. core/contract/problem.ts adds its data. */
export const problemCodes = {
  'invalid-input': { status: 400, title: 'The request is not well-formed' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  timeout: { status: 408, title: 'The request took too long' },
  conflict: { status: 409, title: 'That time is no longer free' },
  'stale-version': { status: 409, title: 'Someone changed this visit meanwhile' },
  'status-conflict': { status: 409, title: 'The status of this visit does not allow it' },
  'protocol-mismatch': { status: 409, title: 'This desk and the server are of versions that do not fit' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Send application/json' },
  'command-reused': { status: 422, title: 'This command id was used with another body' },
  refused: { status: 422, title: 'This cannot be done' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  busy: { status: 503, title: 'The server is busy, nothing was booked' },
} as const satisfies Record<string, CodeMeaning>;
export type ProblemCode = keyof typeof problemCodes;

/** What a desk says where the server says nothing. No HTTP route answers with these codes. */
export const deskProblemCodes = {
  unreachable: { status: 504, title: 'The server cannot be reached' },
  'not-kept': { status: 504, title: 'This day is not kept on the desk' },
  'set-up-first': { status: 503, title: 'This desk does not know its server yet' },
  'set-up-failed': { status: 422, title: 'That server cannot be used' },
} as const satisfies Record<string, CodeMeaning>;
export type DeskProblemCode = keyof typeof deskProblemCodes;
