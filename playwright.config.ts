import { defineConfig } from '@playwright/test';

import { browserFlags, findHeadlessBrowser } from './build/desk/find-browser.ts';
import type { ShellOption } from './tests/e2e/world.ts';

const browser = findHeadlessBrowser(process.env);

export default defineConfig<object, ShellOption>({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  outputDir: 'out/e2e',
  // Each worker starts PostgreSQL, a server and a browser. Two workers would starve each other on a small machine.
  workers: 1,
  forbidOnly: true,
  // On a busy machine everything takes many times as long. Only a failure takes the whole time.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { args: browserFlags(), ...(browser === undefined ? {} : { executablePath: browser }) },
  },
  projects: [
    { name: 'browser', testIgnore: ['electron/main/**', 'electron/double/**'], use: { shell: 'browser' } },
    // The same journeys once more in the Electron shell, and the tests of that shell alone.
    {
      name: 'electron',
      testMatch: ['e2e/**/*.e2e.ts', 'electron/{main,double}/**/*.e2e.ts'],
      use: { shell: 'electron' },
    },
  ],
});
