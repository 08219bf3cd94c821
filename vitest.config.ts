import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

/** How long a test waits. On a busy machine a second is nothing, and only a failure takes the whole time. */
const patience = { expect: { poll: { timeout: 15_000 } }, testTimeout: 60_000, hookTimeout: 60_000 };

/** The suffix picks the project: a test's name says what the test may touch. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    // By default Vitest leaves a core free. Of two cores that is half, while most tests wait for processes of their own.
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
