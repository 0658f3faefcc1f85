import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { meterNames, meters, type MeterName, sendMeasurements } from './meters.ts'
import { poolsInUse } from './pools.ts'

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

/** The metrics of this process: Node's own, what `measure` is told, and its pools of database connections. */
export function processRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const recorders = new Map(meterNames.map((name) => [name, makeRecorder(registry, name)]))
  sendMeasurements(
    (name, labels, value) => recorders.get(name)?.add(labels, value),
    (name, labels) => recorders.get(name)?.open(labels),
  )
  addPools(registry)
  return registry
}

type Labels = Readonly<Record<string, string>>

function makeRecorder(registry: Registry, name: MeterName) {
  const { kind, help, labels } = meters[name]
  const about = { name, help, labelNames: [...labels], registers: [registry] }
  if (kind === 'counter') {
    const counter = new Counter(about)
    return {
      add: (of: Labels, value: number) => counter.inc(of, value),
      open: (of: Labels) => counter.inc(of, 0),
    }
  }
  const histogram = new Histogram({ ...about, buckets })
  return {
    add: (of: Labels, value: number) => histogram.observe(of, value),
    open: (of: Labels) => histogram.zero(of),
  }
}

/** Adds gauges that are asked when somebody scrapes: each tells what its `collect` sets then, and nothing from before. */
export const gaugesOf =
  (registry: Registry) =>
  (name: string, help: string, labelNames: readonly string[], collect: (to: Gauge) => void | Promise<void>): void => {
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      async collect() {
        this.reset()
        await collect(this)
      },
    })
  }

function addPools(registry: Registry): void {
  const gauge = gaugesOf(registry)
  gauge(
    'db_client_connection_count',
    'Connections to a service’s database, by state: used or idle',
    ['pool', 'state'],
    (to) => {
      for (const { name, used, idle } of poolsInUse()) {
        to.set({ pool: name, state: 'used' }, used)
        to.set({ pool: name, state: 'idle' }, idle)
      }
    },
  )
  gauge('db_client_connection_max', 'So many connections its pool may have', ['pool'], (to) => {
    for (const { name, limit } of poolsInUse()) to.set({ pool: name }, limit)
  })
  gauge('db_client_connection_pending_requests', 'Who waits for a connection', ['pool'], (to) => {
    for (const { name, waiting } of poolsInUse()) to.set({ pool: name }, waiting)
  })
}
