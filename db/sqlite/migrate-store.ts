import { readdirSync, readFileSync } from 'node:fs';

import type Database from 'better-sqlite3';

const folder = new URL('migrations/', import.meta.url);

/** The store was made by a newer Holdfast, whose tables this one does not know. */
export class StoreTooNewError extends Error {
  constructor(found: number, known: number) {
    super(
      `This desk's store has schema ${found}, and this Holdfast knows schemas up to ${known}. ` +
        'Start the newer Holdfast that wrote it; nothing was changed.',
    );
    this.name = 'StoreTooNewError';
  }
}

/**
 * Runs every migration that the store has not seen, all in one transaction together with their number in
 * `user_version`: a crash leaves the store as it was. Undecided commands may be in the outbox meanwhile.
 */
export function migrateStore(client: Database.Database): void {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  const version = () => client.pragma('user_version', { simple: true }) as number;
  if (version() > names.length) throw new StoreTooNewError(version(), names.length);

  client
    .transaction(() => {
      for (const [index, name] of names.entries()) {
        if (index < version()) continue;
        if (Number(name.slice(0, 4)) !== index + 1) throw new Error(`migration ${name} is out of line`);
        client.exec(readFileSync(new URL(name, folder), 'utf8'));
        client.pragma(`user_version = ${index + 1}`);
      }
    })
    .immediate();
}
