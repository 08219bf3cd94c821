import { defineConfig } from '@playwright/test';

import { browserFlags, findBrowser } from './build/desk/find-browser.ts';

const browser = findBrowser(process.env);

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  outputDir: 'out/e2e',
  // Each file starts a clinic of its own; two at once would starve each other on a small machine.
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  use: {
    browserName: 'chromium',
    launchOptions: { args: browserFlags(), ...(browser === undefined ? {} : { executablePath: browser }) },
    trace: 'retain-on-failure',
  },
});
