import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildOnce, root } from '../build-once.ts';
import { sqlOf } from './bundle-sql.ts';

/** V8's compile cache: what V8 made of the sources at the last start. */
export const compileCacheDir = path.join(root, 'out', 'compile-cache');

const shellDir = path.join(root, 'out', 'shell');
const entry = 'electron/browser/start-browser-shell.ts';
const bundles = { shell: 'shell.js', desk: 'page-desk.js' } as const;

/** Native modules cannot be bundled: the bundle loads them from their packages. */
const leftInPackages = ['better-sqlite3'];

/**
 * Builds the browser shell into out/shell unless its sources are unchanged. As a thousand files whose types have to be
 * stripped first, the shell takes six times as long to start. The desk is a file by itself, which the shell loads when it
 * already listens.
 */
export async function loadBrowserShell(): Promise<typeof import('../../electron/browser/start-browser-shell.ts')> {
  await buildOnce({
    outDir: shellDir,
    sources: ['electron', 'core', 'db', 'package-lock.json', 'build/desk/build-browser-shell.ts'],
    async build(outDir) {
      // Loading Vite takes half a second. A start that has nothing to build skips it.
      const { build } = await import('vite');
      await build({
        root,
        configFile: false,
        logLevel: 'error',
        plugins: [sqlOf(root, 'db/sqlite', 'migrate-store.ts', bundles.desk)],
        // In a bundle every module would take itself for the program's entry.
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
