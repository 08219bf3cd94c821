import { defaultDataDir } from '../../server/host/data-folder.ts';
import { findCentralPostgres } from '../../server/host/database/central-postgres.ts';
import { makeProgress } from '../../server/host/progress.ts';
import { withStack } from '../../server/host/stack.ts';
import { PlainError } from '../../server/problems/plain-error.ts';
import { parseFlags, parsePort, runCommand } from '../command-line.ts';
import { demoUsers } from '../demo/demo-users.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { compileCacheDir } from '../desk/build-browser-shell.ts';
import { pruneCompileCache } from '../desk/prune-compile-cache.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

/** Database and server alone. stdout holds one JSON line, when both are ready; progress goes to stderr. */
await runCommand(async () => {
  const flags = parseFlags('serve', {
    'data-dir': { type: 'string' },
    port: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  });
  const central = await findCentralPostgres(process.env);
  if (flags.fresh && central !== undefined) {
    throw new PlainError(
      '--fresh empties the data folder, not a central database: unset DATABASE_URL and DATABASE_ADMIN_URL.',
    );
  }
  const signal = stopSignal();
  const options = {
    dataDir: flags['data-dir'] ?? defaultDataDir(process.env),
    port: parsePort(flags.port),
    fresh: flags.fresh,
    central,
    seed: seedDemo,
    progress: makeProgress(),
    signal,
  };
  try {
    await withStack(options, async ({ url, databaseUrl, adminDatabaseUrl }) => {
      const credentials = demoUsers.map(({ role, username, password, site }) => ({ role, username, password, site }));
      const ready = { url, databaseUrl, adminDatabaseUrl, openapi: `${url}/api/openapi.json`, credentials };
      process.stdout.write(`${JSON.stringify(ready)}\n`);
      void pruneCompileCache(compileCacheDir, Date.now());
      await aborted(signal);
    });
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  return 0;
});
