import path from 'node:path';

import { buildOnce, root } from '../build-once.ts';

const deskDir = path.join(root, 'out', 'desk');

/** What Electron starts. Its preload is found from here; the renderer is built by build-renderer.ts. */
export const mainFile = path.join(deskDir, 'main', 'main.js');

/** Builds main and preload into out/desk unless that is what their sources already gave; says which it was. */
export async function buildDesk(): Promise<'built' | 'up to date'> {
  return buildOnce({
    outDir: deskDir,
    sources: ['electron', 'core', 'db', 'server', 'build', 'electron.vite.config.ts', 'package-lock.json'],
    async build(outDir) {
      const { build } = await import('electron-vite');
      await build({
        root,
        configFile: path.join(root, 'electron.vite.config.ts'),
        logLevel: 'error',
        build: { outDir },
      });
    },
  });
}
