import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import type { System } from '../../stack/system.ts'
import { cpuBetween, readProcesses } from '../meter.ts'

export type Yardstick = {
  /** @returns workflows per second, and CPU seconds of worker, client and server per 1000 of them. */
  readonly run: (lanes: number, count: number) => Promise<{ readonly perSecond: number; readonly cpuPer1000: number }>
  readonly stop: () => Promise<void>
}

/** The bare three-signal workflow on the system's own Temporal server; worker and client live in this process. */
export async function openYardstick(system: System): Promise<Yardstick> {
  const logger = new DefaultLogger('ERROR')
  Runtime.install({ logger, shutdownSignals: [] })
  const address = system.env['TEMPORAL_ADDRESS'] ?? ''
  const taskQueue = 'yardstick'
  const connection = await NativeConnection.connect({ address })
  const workflowsPath = new URL('./workflow.ts', import.meta.url).pathname
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger })
  const worker = await Worker.create({ connection, taskQueue, workflowBundle })
  const running = worker.run()
  const clientConnection = await Connection.connect({ address })
  const { workflow } = new Client({ connection: clientConnection })

  async function one(): Promise<void> {
    const handle = await workflow.start('threeSignals', { taskQueue, workflowId: `yardstick-${randomUUID()}` })
    for (let times = 0; times < 3; times += 1) await handle.signal('knock')
    await handle.result()
  }

  return {
    async run(lanes, count) {
      let left = count
      const before = readProcesses(system)
      const begun = performance.now()
      const lane = async () => {
        while (left > 0) {
          left -= 1
          await one()
        }
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      const seconds = (performance.now() - begun) / 1000
      const used = cpuBetween(before, readProcesses(system))
      const cpu = (used.get('load') ?? 0) + (used.get('Temporal server') ?? 0)
      return { perSecond: count / seconds, cpuPer1000: (cpu * 1000) / count }
    },
    async stop() {
      worker.shutdown()
      await running
      await connection.close()
      await clientConnection.close()
    },
  }
}
