import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { meters, type MeterName, sendMeasurements } from './meters.ts'
import { poolsInUse } from './pools.ts'

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

/** The metrics of this process: Node's own, what `measure` is told, and its pools of database connections. */
export function processRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const tellers = new Map<string, (labels: Readonly<Record<string, string>>, value: number) => void>()
  for (const [name, { kind, help, labels }] of Object.entries(meters)) {
    const about = { name, help, labelNames: [...labels], registers: [registry] }
    if (kind === 'counter') {
      const counter = new Counter(about)
      tellers.set(name, (of, value) => counter.inc(of, value))
    } else {
      const histogram = new Histogram({ ...about, buckets })
      tellers.set(name, (of, value) => histogram.observe(of, value))
    }
  }
  sendMeasurements((name: MeterName, labels, value) => tellers.get(name)?.(labels, value))
  addPools(registry)
  return registry
}

function addPools(registry: Registry): void {
  const gauge = (name: string, help: string, labelNames: readonly string[], collect: (to: Gauge) => void) =>
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset()
        collect(this)
      },
    })
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
