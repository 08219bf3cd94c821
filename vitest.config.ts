import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

import { browserFlags, findBrowser } from './build/desk/find-browser.ts';
import renderer from './renderer/vite.config.ts';

const browser = findBrowser(process.env);

/** The suffix picks the runner: what a test may touch is in its name. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: ['**/*.{pg,sqlite}.test.ts'] } },
      {
        test: {
          name: 'pg',
          include: ['tests/**/*.pg.test.ts'],
          globalSetup: 'tests/harness/start-test-cluster.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'sqlite', include: ['tests/**/*.sqlite.test.ts'] } },
      {
        plugins: renderer.plugins ?? [],
        test: {
          name: 'dom',
          include: ['tests/**/*.dom.test.tsx'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: browserFlags(), ...(browser === undefined ? {} : { executablePath: browser }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
