import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'vite';

/** Each database's SQL is read from beside the file that runs it (`reader`), which is a bundle once it is bundled. */
export function sqlOf(root: string, database: 'db/sqlite' | 'db/pg', reader: string, bundleName: string): Plugin {
  const folder = path.join(root, database);
  return {
    name: `SQL of ${database}`,
    generateBundle(_options, bundle) {
      const holder = Object.values(bundle).find(
        (chunk) => chunk.type === 'chunk' && chunk.moduleIds.some((id) => id.endsWith(`/${database}/${reader}`)),
      );
      if (holder?.fileName !== bundleName) this.error(`${reader} is in ${holder?.fileName}, not in ${bundleName}`);
      const names = globSync('**/*.sql', { cwd: folder }).map((name) => name.replaceAll(path.sep, '/'));
      if (names.length === 0) this.error(`there is no SQL in ${database}`);
      for (const name of names) {
        const source = readFileSync(path.join(folder, name));
        this.emitFile({ type: 'asset', fileName: path.posix.join(path.dirname(bundleName), name), source });
      }
    },
  };
}
