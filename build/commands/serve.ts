import path from 'node:path';

import { defaultDataDir } from '../../server/host/data-folder.ts';
import { findCentralPostgres } from '../../server/host/database/central-postgres.ts';
import { writeAtomically } from '../../server/host/database/write-atomically.ts';
import { makeProgress } from '../../server/host/progress.ts';
import { withStack } from '../../server/host/stack.ts';
import { PlainError } from '../../server/problems/plain-error.ts';
import { parseFlags, parsePort, runCommand } from '../command-line.ts';
import { firstContents } from '../demo/first-contents.ts';
import { compileCacheDir } from '../desk/build-browser-shell.ts';
import { pruneCompileCache } from '../desk/prune-compile-cache.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

/**
 * Database and server alone. stdout holds one JSON line, when both are ready; progress and sign-ins go to stderr. The
 * addresses of the embedded database are in a file that its owner alone can read.
 */
await runCommand(async () => {
  const flags = parseFlags('serve', {
    'data-dir': { type: 'string' },
    port: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    demo: { type: 'boolean', default: false },
  });
  const central = await findCentralPostgres(process.env);
  if (flags.fresh && central !== undefined) {
    throw new PlainError(
      '--fresh empties the data folder, not a central database: unset DATABASE_URL and DATABASE_ADMIN_URL.',
    );
  }
  const contents = firstContents({ demo: flags.demo, isCentral: central !== undefined });
  const signal = stopSignal();
  const options = {
    dataDir: flags['data-dir'] ?? defaultDataDir(process.env),
    port: parsePort(flags.port),
    fresh: flags.fresh,
    central,
    seed: contents.seed,
    progress: makeProgress(),
    signal,
  };
  try {
    await withStack(options, async ({ url, folder, databaseUrl, adminDatabaseUrl }) => {
      // A terminal is read by others and kept in logs, so no password goes there. The addresses of a central database are known
      // to whoever set them, and are written nowhere.
      const connections = central ? null : path.join(folder.dir, 'connections.json');
      if (connections) {
        await writeAtomically(connections, `${JSON.stringify({ databaseUrl, adminDatabaseUrl }, undefined, 2)}\n`);
      }
      const ready = { url, openapi: `${url}/api/openapi.json`, ...(connections && { connections }) };
      process.stdout.write(`${JSON.stringify(ready)}\n`);
      for (const line of contents.signIns()) process.stderr.write(`${line}\n`);
      void pruneCompileCache(compileCacheDir, Date.now());
      await aborted(signal);
    });
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  return 0;
});
