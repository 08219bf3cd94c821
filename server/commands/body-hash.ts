import { createHash } from 'node:crypto';

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  );
}

/**
 * SHA-256 over type, precondition, body and `undoes`, whatever the order of their members, in PostgreSQL's hex form of bytea.
 * It is taken of the command as it was sent, in its own protocol, so that a later version of the server knows it again.
 */
export function bodyHash(type: string, command: { body: unknown; precondition?: unknown; undoes?: unknown }): string {
  const { precondition = null, body, undoes } = command;
  const text = JSON.stringify(canonical([type, precondition, body, ...(undoes === undefined ? [] : [undoes])]));
  return `\\x${createHash('sha256').update(text).digest('hex')}`;
}
