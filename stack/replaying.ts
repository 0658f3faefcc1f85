import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker'
import { dataConverterFor } from '../platform/payload-codec.ts'
import type { PayloadKey } from '../platform/payload-keys.ts'
import { type TemporalAccess, temporalAccess } from '../platform/temporal-access.ts'

export type ReplayOptions = {
  readonly access: TemporalAccess
  readonly namespace: string
  /** How many of the workflows that closed last, beside all open ones. */
  readonly recent: number
  /** The workflows as they are now: the source of the bundle. */
  readonly code: string
  /** Where the histories are encrypted: the keys to read them. */
  readonly keys?: readonly PayloadKey[]
}

export type Replayed = {
  readonly workflowId: string
  /** Absent where the history replays as it is. */
  readonly error?: Error
}

/**
 * Replays the histories of a live server against the code as it is now; nothing is changed there. What does not replay
 * would stand still after a deployment of this code.
 */
export async function* replayFrom(options: ReplayOptions): AsyncGenerator<Replayed> {
  const { access, namespace, recent, code, keys = [] } = options
  const dataConverter = dataConverterFor(keys)
  quiet()
  const connection = await Connection.connect(temporalAccess(access))
  try {
    const { workflow } = new Client({ connection, namespace, dataConverter })
    const open = workflow.list({ query: `ExecutionStatus = 'Running'` })
    // the server lists them newest first
    const closed = firstOf(workflow.list({ query: `ExecutionStatus != 'Running'` }), recent)
    const histories = (async function* () {
      for await (const { workflowId, runId } of open) yield { workflowId, runId }
      for await (const { workflowId, runId } of closed) yield { workflowId, runId }
    })()
    const fetched = (async function* () {
      for await (const { workflowId, runId } of histories) {
        yield { workflowId, history: await workflow.getHandle(workflowId, runId).fetchHistory() }
      }
    })()
    const worker = { workflowBundle: { code }, dataConverter }
    for await (const { workflowId, error } of Worker.runReplayHistories(worker, fetched)) {
      yield { workflowId, ...(error && { error }) }
    }
  } finally {
    await connection.close()
  }
}

async function* firstOf<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  let count = 0
  if (most === 0) return
  for await (const item of items) {
    yield item
    count += 1
    if (count >= most) return
  }
}

let isQuiet = false
/** What does not replay is told by us, once. */
function quiet(): void {
  if (isQuiet) return
  isQuiet = true
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' })
  const logger = new DefaultLogger('ERROR', () => undefined)
  Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter } } })
}
