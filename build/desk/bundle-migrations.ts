import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'vite';

/** Code that migrates a database reads the migrations beside its own file. Once bundled, that file is the bundle. */
export function migrationsOf(
  root: string,
  database: 'db/sqlite' | 'db/pg',
  migrator: string,
  bundleName: string,
): Plugin {
  const folder = path.join(root, database, 'migrations');
  return {
    name: `migrations of ${database}`,
    generateBundle(_options, bundle) {
      const holder = Object.values(bundle).find(
        (chunk) => chunk.type === 'chunk' && chunk.moduleIds.some((id) => id.endsWith(`/${database}/${migrator}`)),
      );
      if (holder?.fileName !== bundleName) this.error(`${migrator} is in ${holder?.fileName}, not in ${bundleName}`);
      for (const name of globSync('*.sql', { cwd: folder })) {
        const source = readFileSync(path.join(folder, name));
        this.emitFile({
          type: 'asset',
          fileName: path.posix.join(path.dirname(bundleName), 'migrations', name),
          source,
        });
      }
    },
  };
}
