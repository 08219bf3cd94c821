import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const root = import.meta.dirname;

/** The store reads its migrations from beside its own file, which is the main bundle once it is bundled. */
function storeMigrations(): Plugin {
  const folder = path.join(root, 'db/sqlite/migrations');
  return {
    name: 'store-migrations',
    generateBundle(_options, bundle) {
      const holder = Object.values(bundle).find(
        (chunk) => chunk.type === 'chunk' && chunk.moduleIds.some((id) => id.endsWith('/db/sqlite/migrate-store.ts')),
      );
      if (holder?.fileName !== 'main.js') this.error(`migrate-store.ts is in ${holder?.fileName}, not in main.js`);
      for (const name of globSync('*.sql', { cwd: folder })) {
        const source = readFileSync(path.join(folder, name));
        this.emitFile({ type: 'asset', fileName: `migrations/${name}`, source });
      }
    },
  };
}

/** Main and preload. The renderer is built by its own configuration, for both shells. */
export default defineConfig({
  main: {
    plugins: [storeMigrations()],
    // In a bundle every module would take itself for the one that was started.
    define: { 'import.meta.main': 'false' },
    build: {
      rolldownOptions: {
        input: {
          main: path.join(root, 'electron/main/main.ts'),
          'serve-hosted': path.join(root, 'build/desk/serve-hosted.ts'),
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
