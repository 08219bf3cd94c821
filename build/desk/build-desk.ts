import path from 'node:path';

import { buildOnce, root } from '../build-once.ts';

const deskDir = path.join(root, 'out', 'desk');

/** The file that Electron starts. It finds its preload from its own place; build-renderer.ts builds the renderer. */
export const mainFile = path.join(deskDir, 'main', 'main.js');

/** Builds main and preload into out/desk unless their sources are unchanged; says which of the two happened. */
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
