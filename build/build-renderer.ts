import path from 'node:path';

import { buildOnce, root } from './build-once.ts';

export const rendererDir = path.join(root, 'out', 'renderer');

/** Builds the renderer into out/renderer unless that is what its sources already gave; says which it was. */
export async function buildRenderer(): Promise<'built' | 'up to date'> {
  return buildOnce({
    outDir: rendererDir,
    sources: ['renderer', 'core', 'package-lock.json'],
    async build(outDir) {
      // Vite takes half a second to load, which a second start need not spend.
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
