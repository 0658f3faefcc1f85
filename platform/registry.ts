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
  const labelNames = ['pool', 'state'] as const
  const count = new Gauge({
    name: 'db_client_connection_count',
    help: 'Connections to a service’s database, by state: used or idle',
    labelNames,
    registers: [registry],
  })
  const most = new Gauge({
    name: 'db_client_connection_max',
    help: 'So many connections its pool may have',
    labelNames: ['pool'],
    registers: [registry],
  })
  new Gauge({
    name: 'db_client_connection_pending_requests',
    help: 'Who waits for a connection',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      for (const { name, used, idle, limit, waiting } of poolsInUse()) {
        this.set({ pool: name }, waiting)
        most.set({ pool: name }, limit)
        count.set({ pool: name, state: 'used' }, used)
        count.set({ pool: name, state: 'idle' }, idle)
      }
    },
  })
}
