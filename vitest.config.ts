import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{domain,workflows,activities,events,workers,api,client,platform,stack,verify,web,tests/house}/**/*.test.{ts,tsx}',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/*.test.ts', 'tests/browser/**/*.test.ts'],
          globalSetup: ['tests/support/servers.ts'],
          // The files share two cores and one set of real servers: one after the other.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
