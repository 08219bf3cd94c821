import { expect, it, vi } from 'vitest';

import { listen } from '../../../db/pg/listen.ts';
import { withDatabase } from '../../harness/postgres.ts';

const database = await withDatabase();

it('hears on after a NOTIFY that PostgreSQL refused', async () => {
  const heard: string[] = [];
  const listener = await listen(
    database.databaseUrl,
    'holdfast_listen_test',
    (payload) => heard.push(payload),
    () => {},
  );
  try {
    // A payload holds fewer than 8,000 bytes.
    await expect(listener.notify('x'.repeat(9_000))).rejects.toThrow('payload string too long');
    await listener.notify("it's heard");
    await vi.waitFor(() => expect(heard).toEqual(["it's heard"]));
  } finally {
    await listener.close();
  }
});
