/** What an error of the database says, by the class of its SQLSTATE (the first two signs). */
export type DatabaseState =
  /** The value is none that PostgreSQL keeps. */
  | 'bad-value'
  /** Nothing is wrong with what was asked: the database is away, full, read-only or interrupted just now. */
  | 'passing';

/**
 * The classes of PostgreSQL's appendix A that say how things stand, and not what is wrong with a statement. 08: connection. 25:
 * the state of the transaction, such as a read-only database. 40: rolled back. 53: no room. 55: a lock, or a database in
 * recovery. 57: interrupted. 58: the disk.
 */
const states: Readonly<Record<string, DatabaseState>> = {
  '08': 'passing',
  '22': 'bad-value',
  '25': 'passing',
  '40': 'passing',
  '53': 'passing',
  '55': 'passing',
  '57': 'passing',
  '58': 'passing',
};

/** The network's codes, and what stands for a connection that ended without one. */
export const connectionLost = 'CONNECTION_LOST';
const networkCodes: readonly string[] = [
  connectionLost,
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
];

/** node-postgres has no code for a connection that ended, and for one that was not had in time. */
const connectionMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered|Query read timeout)/;

/** The SQLSTATE, the system's code (`ECONNRESET`) or CONNECTION_LOST; empty where an error has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return connectionMessages.test(error.message) ? connectionLost : '';
}

const isSqlState = /^[0-9A-Z]{5}$/;

/** What a code says of the database; null for every other code: a wall, a bug, or an error of something else. */
export function databaseStateOf(code: string): DatabaseState | null {
  if (networkCodes.includes(code)) return 'passing';
  return isSqlState.test(code) ? (states[code.slice(0, 2)] ?? null) : null;
}

/**
 * Whether the next statement on the same connection would end the same way. A connection keeps what its session was told
 * as it began: read-only, a role, a database that is now a standby. Only a new connection is told anew.
 */
export function spoilsConnection(code: string): boolean {
  return code === '25006' || /^(?:08|57P|58)/.test(code) || networkCodes.includes(code);
}
