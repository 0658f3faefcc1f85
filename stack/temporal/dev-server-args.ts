import { searchAttributes } from './search-attributes.ts'

/** Far over what one machine does: on one machine the limits protect nobody, but a load test would hit them. */
const unlimited = 100_000

const dynamicConfig: Readonly<Record<string, number | string | boolean>> = {
  // the defaults of 20 make every hop of a workflow wait 50 ms
  'history.transferProcessorMaxPollRPS': 2_000,
  'history.timerProcessorMaxPollRPS': 2_000,
  'history.visibilityProcessorMaxPollRPS': 2_000,
  // a workflow that has closed can be deleted once this is noted down, half a minute later by default
  'history.transferProcessorUpdateAckInterval': '2s',
  'history.visibilityProcessorUpdateAckInterval': '2s',
  // the development server reads its search attributes anew for every write of one, so that a new one is known at once;
  // ours are known from the start, or two seconds after they were added
  'system.forceSearchAttributesCacheRefreshOnRead': false,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'frontend.rps': unlimited,
  'frontend.namespaceRPS': unlimited,
  'frontend.namespaceRPS.visibility': unlimited,
  'frontend.namespaceCount': unlimited,
  'history.rps': unlimited,
  'matching.rps': unlimited,
  'frontend.persistenceMaxQPS': unlimited,
  'history.persistenceMaxQPS': unlimited,
  'matching.persistenceMaxQPS': unlimited,
}

/** Keeps all but the last commits over a power cut, and all of them over a killed process; much faster than the default. */
const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL']

export type DevServerOptions = {
  readonly port: number
  readonly uiPort: number
  readonly httpPort: number
  readonly metricsPort: number
  readonly databaseFile: string
}

/** The arguments of `temporal` that start a development server which keeps its data in a file. */
export function devServerArgs(options: DevServerOptions): readonly string[] {
  const values: Readonly<Record<string, string | number>> = {
    ip: '127.0.0.1',
    port: options.port,
    'ui-port': options.uiPort,
    'http-port': options.httpPort,
    'metrics-port': options.metricsPort,
    'db-filename': options.databaseFile,
    'log-level': 'error',
  }
  return [
    'server',
    'start-dev',
    ...Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
  ]
}
