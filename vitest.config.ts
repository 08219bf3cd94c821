import { defineConfig } from 'vitest/config';

/** How long a test waits for what must come: on a busy machine a second is nothing, and only a failure takes it all. */
const expect = { poll: { timeout: 15_000 } };

/** The suffix picks the runner: what a test may touch is in its name. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      { test: { name: 'unit', expect, include: ['tests/**/*.test.ts'], exclude: ['**/*.{pg,sqlite}.test.ts'] } },
      {
        test: {
          name: 'pg',
          expect,
          include: ['tests/**/*.pg.test.ts'],
          globalSetup: 'tests/harness/start-test-cluster.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'sqlite', expect, include: ['tests/**/*.sqlite.test.ts'], testTimeout: 60_000 } },
    ],
  },
});
