import path from 'node:path';

import { buildOnce, root } from './build-once.ts';

export const rendererDir = path.join(root, 'out', 'renderer');

/** Builds the renderer into out/renderer unless its sources are unchanged; says which of the two happened. */
export async function buildRenderer(): Promise<'built' | 'up to date'> {
  return buildOnce({
    outDir: rendererDir,
    sources: ['renderer', 'core', 'package-lock.json'],
    async build(outDir) {
      // Loading Vite takes half a second. A start that has nothing to build skips it.
      const { build } = await import('vite');
      await build({
        root: path.join(root, 'renderer'),
        configFile: path.join(root, 'renderer', 'vite.config.ts'),
        logLevel: 'error',
        build: { outDir, emptyOutDir: true },
      });
    },
  });
}
