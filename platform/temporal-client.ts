import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client'
import type { Config } from './config.ts'

/** One call may take this long, with all its retries; without a limit a call to a frozen server waits for ever. */
const callMs = 5_000
/** An Update waits for a worker to decide, so it is given longer. */
const updateMs = 10_000

export type Temporal = {
  readonly client: Client
  readonly namespace: string
  /** @throws unless the server answers for our namespace within two seconds. */
  readonly ping: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * The connection to Temporal's frontend. It is made with the first call and made again whenever it is lost, so a
 * process can start before Temporal does; until then calls fail with the gRPC codes UNAVAILABLE or DEADLINE_EXCEEDED.
 */
export function openTemporal(config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): Temporal {
  const namespace = config.TEMPORAL_NAMESPACE
  const connection = Connection.lazy({
    address: config.TEMPORAL_ADDRESS,
    // gRPC's own back-off grows to two minutes, which would make every outage so much longer
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 },
  })
  const within = <T>(milliseconds: number, call: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + milliseconds, call)
  const deadlines: WorkflowClientInterceptor = {
    start: (input, next) => within(callMs, () => next(input)),
    signal: (input, next) => within(callMs, () => next(input)),
    query: (input, next) => within(callMs, () => next(input)),
    describe: (input, next) => within(callMs, () => next(input)),
    startUpdate: (input, next) => within(updateMs, () => next(input)),
  }
  return {
    client: new Client({ connection, namespace, interceptors: { workflow: [deadlines] } }),
    namespace,
    ping: async () => {
      await within(2_000, () => connection.workflowService.describeNamespace({ namespace }))
    },
    close: () => connection.close(),
  }
}
