import { existsSync } from 'node:fs';
import path from 'node:path';

import { defaultDataDir, openDataFolder } from '../../server/host/data-folder.ts';
import { startEmbeddedPostgres } from '../../server/host/database/start-embedded-postgres.ts';
import { resetPassword } from '../../server/host/reset-password.ts';
import { PlainError } from '../../server/problems/plain-error.ts';
import { parseFlags, runCommand } from '../command-line.ts';

/** A new password for a person, shown once: with DATABASE_ADMIN_URL, or on this PC's own database while nothing runs on it. */
await runCommand(async () => {
  const flags = parseFlags('reset-password', { user: { type: 'string' }, 'data-dir': { type: 'string' } });
  const name = flags.user ?? 'administrator';
  const central = process.env['DATABASE_ADMIN_URL'];
  if (central && flags['data-dir'] !== undefined) {
    throw new PlainError(
      '--data-dir names a database on this PC, and DATABASE_ADMIN_URL another one: choose one of them.',
    );
  }
  const { username, password } = central
    ? await resetPassword({ adminDatabaseUrl: central, name })
    : await resetHere(flags['data-dir'] ?? defaultDataDir(process.env), name);
  process.stdout.write(`${username} signs in with ${password}\n`);
  process.stderr.write('Every session of this person has ended. The password is shown only here.\n');
  return 0;
});

async function resetHere(dataDir: string, name: string) {
  const folder = await openDataFolder(dataDir);
  try {
    if (!existsSync(path.join(folder.dir, 'postgres'))) {
      throw new PlainError(
        `There is no database in ${folder.dir}: name its folder by --data-dir, or set DATABASE_ADMIN_URL.`,
      );
    }
    const database = await startEmbeddedPostgres({ dataDir: folder.dir, onProgress: () => {} });
    try {
      return await resetPassword({ adminDatabaseUrl: database.adminDatabaseUrl, name });
    } finally {
      await database.stop();
    }
  } finally {
    folder.release();
  }
}
