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
 * SHA-256 over type, precondition, body and what is undone, whatever the order of their members: PostgreSQL's hex form of
 * bytea. Of a command as it was sent, in whatever protocol: a later version of the server must know it again.
 */
export function bodyHash(type: string, command: { body: unknown; precondition?: unknown; undoes?: unknown }): string {
  const { precondition = null, body, undoes } = command;
  const text = JSON.stringify(canonical([type, precondition, body, ...(undoes === undefined ? [] : [undoes])]));
  return `\\x${createHash('sha256').update(text).digest('hex')}`;
}
