import type Database from 'better-sqlite3';

import type { Store } from '../../../db/sqlite/open-store.ts';

const memories = new WeakMap<Database.Database, Map<string, unknown>>();

/**
 * What was read from the calendar's tables and made into objects, until something is written to them: the same day is read
 * many times before it changes. What it gives is shared, and not to be changed.
 */
export function rememberedFromCalendar<T>({ client }: Store, key: string, read: () => T): T {
  // What a transaction reads may still be taken back.
  if (client.inTransaction) return read();
  let memory = memories.get(client);
  if (!memory) memories.set(client, (memory = new Map()));
  if (!memory.has(key)) memory.set(key, read());
  return memory.get(key) as T;
}

/** Something was written to the calendar's tables. */
export function calendarWritten({ client }: Store): void {
  memories.delete(client);
}
