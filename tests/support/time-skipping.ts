import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeSearchAttributeIndexedValueType as typeOf } from '@temporalio/common/lib/search-attributes.js'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { build } from '../../stack/build.ts'
import { findOrInstall } from '../../stack/obtaining/apt.ts'
import { cached } from '../../stack/obtaining/cached.ts'
import { fetchWithMaven } from '../../stack/obtaining/maven.ts'

const version = '1.38.0'
const report = (line: string) => process.stdout.write(`${line}\n`)

/** The jars of Temporal's own test server, which skips the time in which nothing happens. */
const obtainJars = (): Promise<string> =>
  cached(`temporal-test-server-${version}`, report, (folder) =>
    fetchWithMaven({
      what: `fetching Temporal's test server ${version} (38 MB, once)`,
      goal: 'copy-dependencies',
      artifacts: [{ group: 'io.temporal', name: 'temporal-test-server', version }],
      folder,
      report,
    }),
  )

export type Skipping = {
  readonly env: TestWorkflowEnvironment
  /** What was published, by workflow's order. Kafka is not needed: its part is tested elsewhere. */
  readonly events: (orderId: string) => readonly OrderEvent[]
  readonly stop: () => Promise<void>
}

/** The real workflows on Temporal's time-skipping server: days pass in milliseconds. */
export async function startTimeSkipping(): Promise<Skipping> {
  await build()
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' })
  const logger = new DefaultLogger('ERROR', () => undefined)
  Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter } } })
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-time-'))
  const path = join(dir, 'server.sh')
  const java = await findOrInstall('java', 'default-jre-headless', report)
  const options = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m'
  const main = 'io.temporal.testserver.TestServer'
  writeFileSync(path, `#!/bin/sh\nexec ${java} ${options} -cp "${await obtainJars()}/*" ${main} "$@"\n`)
  chmodSync(path, 0o755)
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  })
  const [keyword, bool] = [typeOf('KEYWORD') ?? 0, typeOf('BOOL') ?? 0]
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: { OrderStatus: keyword, CustomerId: keyword, NeedsAttention: bool },
  })
  const published = new Map<string, OrderEvent[]>()
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: 'orders',
    workflowBundle: { code: readFileSync('dist/workflow-bundle.js', 'utf8') },
    debugMode: true,
    activities: {
      publishEvents: async (events: readonly OrderEvent[]): Promise<void> => {
        for (const event of events) published.set(event.orderId, [...(published.get(event.orderId) ?? []), event])
      },
    },
  })
  const running = worker.run()
  return {
    env,
    events: (orderId) => published.get(orderId) ?? [],
    async stop() {
      worker.shutdown()
      await running
      await env.teardown()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
