import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const root = import.meta.dirname;

/** Each database's migrations are read from beside the file that migrates it, which is a bundle once it is bundled. */
function migrationsOf(database: 'db/sqlite' | 'db/pg', migrator: string, bundleName: string): Plugin {
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

/** Main and preload. The renderer is built by its own configuration, for both shells. */
export default defineConfig({
  main: {
    plugins: [
      migrationsOf('db/sqlite', 'migrate-store.ts', 'main.js'),
      migrationsOf('db/pg', 'migrate.ts', 'host/serve-hosted.js'),
    ],
    // In a bundle every module would take itself for the one that was started.
    define: { 'import.meta.main': 'false' },
    build: {
      rolldownOptions: {
        input: {
          main: path.join(root, 'electron/main/main.ts'),
          'host/serve-hosted': path.join(root, 'build/desk/serve-hosted.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file: it may require nothing but Electron's own modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: path.join(root, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
});
