import path from 'node:path';

import optimizeLocales from '@react-aria/optimize-locales-plugin';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * sonner inserts its style sheet when it is imported, which the strict CSP refuses. main.tsx bundles the sheet instead. If a
 * later sonner inserts its sheet in another way, the build fails here rather than in the console.
 */
function sonnerWithoutInlineStyles(): Plugin {
  const door = 'function __insertCSS(code) {';
  return {
    name: 'sonner-without-inline-styles',
    transform: {
      filter: { id: /sonner\/dist\/index\.mjs/ },
      handler(code) {
        if (!code.includes(door)) this.error('sonner no longer inserts its styles through __insertCSS: look again');
        return { code: code.replace(door, `${door} return;`), map: null };
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  // Electron loads the page from a file, the browser shell from a loopback address.
  base: './',
  resolve: {
    alias: [{ find: /^temporal-polyfill$/, replacement: path.join(import.meta.dirname, 'native-temporal.ts') }],
  },
  plugins: [optimizeLocales.vite({ locales: ['en-GB', 'en-US'] }), sonnerWithoutInlineStyles(), react(), tailwindcss()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // Fonts stay files: the CSP admits no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
});
