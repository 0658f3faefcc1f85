import { InterceptingCall, type Interceptor } from '@grpc/grpc-js'
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client'
import type { Config } from './config.ts'
import { dataConverterFor } from './payload-codec.ts'
import { type TemporalAccess, temporalAccess } from './temporal-access.ts'

/** One call may take this long, with all its retries; without a limit a call to a frozen server waits for ever. */
const callMs = 5_000
/** An Update waits for a worker to decide. One that stops may take the task with it, which comes again after 10 s. */
export const updateMs = 12_000
const callMsOf: Readonly<Record<string, number>> = {
  DescribeNamespace: 2_000,
  UpdateWorkflowExecution: updateMs,
  PollWorkflowExecutionUpdate: updateMs,
  ExecuteMultiOperation: updateMs,
}

/** Not by `connection.withDeadline`, whose AsyncLocalStorage makes every promise of the process dearer on Node 20. */
const withDeadline: Interceptor = (options, nextCall) => {
  const method = options.method_definition.path.split('/').at(-1) ?? ''
  const deadline = options.deadline ?? Date.now() + (callMsOf[method] ?? callMs)
  return new InterceptingCall(nextCall({ ...options, deadline }))
}

export type Temporal = {
  readonly client: Client
  readonly namespace: string
  /** @throws unless the server answers for our namespace within two seconds. */
  readonly ping: () => Promise<void>
  readonly close: () => Promise<void>
}

type Settings = TemporalAccess & Pick<Config, 'TEMPORAL_NAMESPACE' | 'PAYLOAD_KEYS'>

/**
 * The connection to Temporal's frontend. It is made with the first call and made again whenever it is lost, so a
 * process can start before Temporal does; until then calls fail with the gRPC codes UNAVAILABLE or DEADLINE_EXCEEDED.
 */
export function openTemporal(config: Settings): Temporal {
  const namespace = config.TEMPORAL_NAMESPACE
  const connection = Connection.lazy({
    ...temporalAccess(config),
    metadata: { 'temporal-namespace': namespace },
    // gRPC's own back-off grows to two minutes, which would make every outage so much longer
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 },
    interceptors: [withDeadline, makeGrpcRetryInterceptor(defaultGrpcRetryOptions())],
  })
  // it gives each call this very header, by AsyncLocalStorage again
  connection.withMetadata = (_header, call) => call()
  return {
    client: new Client({ connection, namespace, dataConverter: dataConverterFor(config.PAYLOAD_KEYS) }),
    namespace,
    ping: async () => {
      await connection.workflowService.describeNamespace({ namespace })
    },
    close: () => connection.close(),
  }
}
