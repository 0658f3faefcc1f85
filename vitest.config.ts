import { defineConfig } from 'vitest/config'

const rooms = 'domain,workflows,activities,events,workers,api,client,platform,stack,verify,chaos,web,tests/house'
/** They stop the clock of the whole process. */
const withTheirClock = ['events/{offsets,processor,quiet-kafkajs}.test.ts']

const system = ['tests/*.test.ts', 'tests/browser/**/*.test.ts']
/** `npm run test:long`: not part of every run, which has to stay short. */
const long = 'tests/**/*.long.test.ts'
const onServers = {
  globalSetup: ['tests/support/servers.ts'],
  // The files share two cores and one set of real servers: one after the other.
  fileParallelism: false,
  testTimeout: 90_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [`{${rooms}}/**/*.test.{ts,tsx}`],
          exclude: withTheirClock,
          testTimeout: 30_000,
          // rules without a world: nothing to be kept apart, and a third of the time
          isolate: false,
        },
      },
      { test: { name: 'unit-clock', include: withTheirClock, testTimeout: 30_000 } },
      { test: { name: 'system', include: system, exclude: [long], ...onServers } },
      { test: { name: 'long', include: [long], ...onServers } },
    ],
  },
})
