import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildOnce, root } from '../build-once.ts';
import { sqlOf } from './bundle-sql.ts';

/** Where V8 finds what it made of the sources at the last start. */
export const compileCacheDir = path.join(root, 'out', 'compile-cache');

const shellDir = path.join(root, 'out', 'shell');
const entry = 'electron/browser/start-browser-shell.ts';
const bundles = { shell: 'shell.js', desk: 'page-desk.js' } as const;

/** What is native is taken from its package. */
const leftInPackages = ['better-sqlite3'];

/**
 * The browser shell, built into out/shell unless that is what its sources already gave. Loaded as a thousand files, of which
 * the types have to be stripped first, it takes six times as long to start. The desk is a file by itself: it is loaded when
 * the shell listens already.
 */
export async function loadBrowserShell(): Promise<typeof import('../../electron/browser/start-browser-shell.ts')> {
  await buildOnce({
    outDir: shellDir,
    sources: ['electron', 'core', 'db', 'package-lock.json', 'build/desk/build-browser-shell.ts'],
    async build(outDir) {
      // Vite takes half a second to load, which a second start need not spend.
      const { build } = await import('vite');
      await build({
        root,
        configFile: false,
        logLevel: 'error',
        plugins: [sqlOf(root, 'db/sqlite', 'migrate-store.ts', bundles.desk)],
        // In a bundle every module would take itself for the one that was started.
        define: { 'import.meta.main': 'false' },
        ssr: { noExternal: true, external: leftInPackages },
        build: {
          ssr: path.join(root, entry),
          outDir,
          emptyOutDir: true,
          target: 'node24',
          minify: false,
          rolldownOptions: { output: { entryFileNames: bundles.shell, chunkFileNames: '[name].js' } },
        },
      });
    },
  });
  enableCompileCache(compileCacheDir);
  return import(pathToFileURL(path.join(shellDir, bundles.shell)).href) as ReturnType<typeof loadBrowserShell>;
}
