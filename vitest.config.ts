import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

/** How long a test waits for what must come: on a busy machine a second is nothing, and only a failure takes it all. */
const patience = { expect: { poll: { timeout: 15_000 } }, testTimeout: 60_000, hookTimeout: 60_000 };

/** The suffix picks the runner: what a test may touch is in its name. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    // By itself Vitest leaves a core free: of two that is half, and most of these tests wait for processes of their own.
    maxWorkers: process.env['HOLDFAST_TEST_PG'] === undefined ? Math.max(2, availableParallelism() - 1) : 1,
    projects: [
      { test: { name: 'unit', ...patience, include: ['tests/**/*.test.ts'], exclude: ['**/*.{pg,sqlite}.test.ts'] } },
      {
        test: {
          name: 'pg',
          ...patience,
          include: ['tests/**/*.pg.test.ts'],
          globalSetup: 'tests/harness/start-test-clusters.ts',
        },
      },
      { test: { name: 'sqlite', ...patience, include: ['tests/**/*.sqlite.test.ts'] } },
    ],
  },
});
