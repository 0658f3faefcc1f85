import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { connectBroker } from '../events/broker.ts'
import type { EventMessage } from '../events/envelope.ts'
import { makeOffsets } from '../events/offsets.ts'
import { makePublisher } from '../events/publisher.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { quantile } from './figures.ts'

/** One process of `bench:kafka`: one client that publishes and consumes as the workers do. */
export type Measured = Readonly<
  Record<
    'perSecond' | 'cpu' | 'catchUp' | 'cpuCatchUp' | 'p50' | 'p99' | 'cpuSteady' | 'cpuIdle' | 'loading' | 'memory',
    number
  >
>

const topic = process.env['BENCH_TOPIC'] ?? ''
const [count, seconds] = [Number(process.env['BENCH_MESSAGES']), Number(process.env['BENCH_SECONDS'])]
const config = readConfig()
const log = makeLog(config, 'bench')
/** As long as an event of ours with its headers. */
const filler = 'x'.repeat(900)

const loadingSince = process.cpuUsage()
const broker = connectBroker(config, log, 'bench')
const publisher = makePublisher(await broker.producer(), topic, log)
const { user, system } = process.cpuUsage(loadingSince)

type Took = { readonly seconds: number; readonly cpu: number }
async function timed(work: () => Promise<unknown>): Promise<Took> {
  const [before, start] = [process.cpuUsage(), performance.now()]
  await work()
  const used = process.cpuUsage(before)
  return { seconds: (performance.now() - start) / 1000, cpu: (used.user + used.system) / 1e6 }
}

const message = (at: number): EventMessage => ({
  key: `order-${at % 500}`,
  value: `${performance.now()} ${filler}`,
  headers: { ce_id: randomUUID(), ce_type: 'order.placed', ce_time: new Date().toISOString(), ce_source: '/orders' },
})

/** Reads with a group of its own, from the first message on. */
async function startConsuming() {
  let received = 0
  const latencies: number[] = []
  const offsets = makeOffsets(log)
  const consuming = await broker.consume({
    group: `bench-${randomUUID()}`,
    topics: [topic],
    onRebalance: offsets.forget,
    onCrash: (error) => {
      throw error
    },
    async eachBatch(batch) {
      const now = performance.now()
      for (const { value } of batch.messages) latencies.push(now - Number(value?.toString().split(' ', 1)[0]))
      received += batch.messages.length
      await offsets.handled(batch, batch.lastOffset, batch.commit)
      return true
    },
  })
  return {
    latencies,
    async haveCome(messages: number): Promise<void> {
      while (received < messages) await pause(5)
    },
    async stop(): Promise<void> {
      await offsets.hurry()
      await consuming.stop()
    },
  }
}

const follower = await startConsuming()
await publisher.publish([message(0)])
await follower.haveCome(1)
const both = await timed(async () => {
  // a hundred at once wait for their acknowledgement, as with many orders at a time
  for (let at = 0; at < count; at += 100)
    await Promise.all(Array.from({ length: 100 }, (_, more) => publisher.publish([message(at + more)])))
  await follower.haveCome(count + 1)
})
const catchUp = await timed(async () => {
  const second = await startConsuming()
  await second.haveCome(count + 1)
  await second.stop()
})
const before = follower.latencies.length
const steady = await timed(async () => {
  const start = performance.now()
  for (let at = 0; at < seconds * 50; at += 1) {
    const wait = start + at * 20 - performance.now()
    if (wait > 0) await pause(wait)
    void publisher.publish([message(at)])
  }
  await follower.haveCome(before + seconds * 50)
})
const latencies = follower.latencies.slice(before)
const idle = await timed(() => pause(seconds * 1000))
const measured: Measured = {
  perSecond: count / both.seconds,
  cpu: (both.cpu * 10_000) / count,
  catchUp: catchUp.seconds * 1000,
  cpuCatchUp: (catchUp.cpu * 10_000) / count,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  cpuSteady: (steady.cpu * 100) / steady.seconds,
  cpuIdle: (idle.cpu * 100) / idle.seconds,
  loading: (user + system) / 1000,
  memory: process.memoryUsage().rss / 1024 / 1024,
}
await follower.stop()
await publisher.stop()
process.send?.(measured, () => process.exit(0))
