import { pino, type DestinationStream, type Logger } from 'pino';

/** What may leave the process of an error: where the error came from, never its message. */
export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly routine?: string;
  readonly table?: string;
  readonly cause?: ErrorDescription;
  readonly at?: readonly string[];
}

/**
 * Describes an error without its message: PostgreSQL's message and detail quote values, drizzle's holds the query's
 * parameters, zod's holds the input, and each of these can be a patient's data. Of the stack the first 8 frames are kept; its
 * first lines repeat the message.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const fields = error as Error & Record<string, unknown>;
  const text = (key: string, from: string) =>
    typeof fields[from] === 'string' && /^[\w.-]{1,80}$/.test(fields[from]) ? { [key]: fields[from] } : {};
  return {
    name: error.name,
    ...text('code', 'code'),
    ...text('constraint', 'constraint_name'),
    ...text('routine', 'routine'),
    ...text('table', 'table_name'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
  };
}

/** The members that hold a person's data or a secret where a library logs a whole object. */
const redacted = [
  'password',
  'token',
  'authorization',
  'displayName',
  'birthDate',
  'phone',
  'query',
  'body',
  'headers',
];

/**
 * A log without patients' data. It describes errors, never writes requests and answers as objects, and redacts the members
 * that hold such data two levels deep, in case a library writes them.
 */
export function createLog(options: { level?: string; destination?: DestinationStream } = {}): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: { name: 'holdfast' },
      redact: redacted.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]),
      serializers: {
        err: describeError,
        error: describeError,
        req: (request: { id?: unknown }) => ({ id: request.id }),
        res: (reply: { statusCode?: unknown }) => ({ statusCode: reply.statusCode }),
      },
    },
    options.destination ?? pino.destination({ fd: 1, sync: false }),
  );
}
