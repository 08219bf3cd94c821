import path from 'node:path';

import { defineConfig } from 'electron-vite';

import { sqlOf } from './build/desk/bundle-sql.ts';

const root = import.meta.dirname;

/** Main and preload. The renderer is built by its own configuration, for both shells. */
export default defineConfig({
  main: {
    plugins: [
      sqlOf(root, 'db/sqlite', 'migrate-store.ts', 'main.js'),
      sqlOf(root, 'db/pg', 'schema-files.ts', 'host/serve-hosted.js'),
    ],
    // In a bundle every module would take itself for the one that was started.
    define: { 'import.meta.main': 'false' },
    build: {
      rolldownOptions: {
        input: {
          main: path.join(root, 'electron/main/main.ts'),
          'host/serve-hosted': path.join(root, 'build/desk/hosted-server.ts'),
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
