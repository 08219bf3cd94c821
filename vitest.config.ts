import { defineConfig } from 'vitest/config';

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
    ],
  },
});
