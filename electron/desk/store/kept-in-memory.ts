import type Database from 'better-sqlite3';

import type { Store } from '../../../db/sqlite/open-store.ts';

const memories = new WeakMap<Database.Database, Map<string, unknown>>();

/**
 * Memoises what `read` makes of the calendar's tables until something is written to them, because the same day is read many
 * times before it changes. The result is shared: do not change it.
 */
export function rememberedFromCalendar<T>({ client }: Store, key: string, read: () => T): T {
  // A transaction may still take back what it reads.
  if (client.inTransaction) return read();
  let memory = memories.get(client);
  if (!memory) memories.set(client, (memory = new Map()));
  if (!memory.has(key)) memory.set(key, read());
  return memory.get(key) as T;
}

/** Forgets everything: something is written to the calendar's tables. */
export function calendarWritten({ client }: Store): void {
  memories.delete(client);
}
