import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';

import type { Store } from '../../../db/sqlite/open-store.ts';
import { settings } from '../../../db/sqlite/schema.ts';
import { prepared } from './prepared.ts';

export function loadSetting(store: Store, key: string): string | null {
  const value = prepared<[string], string>(store, 'select value from settings where key = ?').pluck().get(key);
  return value ?? null;
}

export function writeSetting(store: Store, key: string, value: string): void {
  prepared(
    store,
    'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  ).run(key, value);
}

export function removeSetting(store: Store, key: string): void {
  prepared(store, 'delete from settings where key = ?').run(key);
}

/** The id of this desk (UUIDv7): `given` wins and is kept; else the one of the first start, which mints it. */
export function loadDeskId(store: Store, given?: string): string {
  if (given !== undefined) writeSetting(store, 'desk-id', given);
  return store.drizzle.transaction(
    (tx) => {
      tx.insert(settings).values({ key: 'desk-id', value: uuidv7() }).onConflictDoNothing().run();
      const row = tx.select({ value: settings.value }).from(settings).where(eq(settings.key, 'desk-id')).get();
      if (!row) throw new Error('the desk id that was just written is missing');
      return row.value;
    },
    { behavior: 'immediate' },
  );
}
