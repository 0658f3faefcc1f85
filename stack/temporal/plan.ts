import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PlanOptions, ServerPlan } from '../server-plan.ts'
import { devServerArgs } from './dev-server-args.ts'
import { givenEnvironment } from '../surroundings.ts'
import { checkTemporal, setUpNamespace } from './namespace.ts'
import { obtainTemporal } from './obtain.ts'

/** Temporal's development server with its Web UI, on a SQLite file. */
export async function planTemporal({ dataDir, report }: PlanOptions): Promise<ServerPlan> {
  const program = await obtainTemporal(report)
  const folder = join(dataDir, 'temporal')
  const addressOf = (port: number) => `127.0.0.1:${port}`
  return {
    name: 'temporal',
    title: 'Temporal',
    ports: [
      { what: 'Temporal', usual: 7233 },
      { what: 'the Temporal Web UI', usual: 8233 },
      { what: "Temporal's HTTP API" },
      { what: "Temporal's metrics" },
    ],
    prepare: async () => {
      mkdirSync(folder, { recursive: true })
    },
    command: ([port = 0, uiPort = 0, httpPort = 0, metricsPort = 0]) => ({
      command: program,
      args: devServerArgs({ port, uiPort, httpPort, metricsPort, databaseFile: join(folder, 'temporal.db') }),
      // half of Go's garbage collections saved a quarter of the server's CPU, for 90 MB more
      env: { GOGC: '200', ...givenEnvironment() },
    }),
    check: ([port = 0]) => checkTemporal(addressOf(port)),
    afterStart: ([port = 0]) => setUpNamespace(addressOf(port)),
    healthyWithinMs: 60_000,
    graceMs: 10_000,
  }
}
