import { readFileSync } from 'node:fs';

import type Database from 'better-sqlite3';

/**
 * The SQL that makes the tables, in order. `user_version` counts how many of them a store has seen. After the first release
 * store.sql stays as it is, and a change is one more file in this list.
 */
const steps = ['store.sql'] as const;

/** The store was made by a newer Holdfast, whose tables this one does not know. */
export class StoreTooNewError extends Error {
  constructor(found: number) {
    super(
      `This desk's store has schema ${found}, and this Holdfast knows schemas up to ${steps.length}. ` +
        'Start the newer Holdfast that wrote it; nothing was changed.',
    );
    this.name = 'StoreTooNewError';
  }
}

/**
 * Runs every step that the store has not seen, all in one transaction together with their number: a crash leaves the store
 * as it was. Undecided commands may be in the outbox meanwhile.
 * @throws StoreTooNewError
 */
export function migrateStore(client: Database.Database): void {
  client
    .transaction(() => {
      const version = client.pragma('user_version', { simple: true }) as number;
      if (version > steps.length) throw new StoreTooNewError(version);
      for (const step of steps.slice(version)) client.exec(readFileSync(new URL(step, import.meta.url), 'utf8'));
      client.pragma(`user_version = ${steps.length}`);
    })
    .immediate();
}
