import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { connectKafka, withAdmin } from '../events/kafka.ts'
import { makeLog } from '../platform/log.ts'
import { startOwnKafka } from '../tests/support/own-kafka.ts'
import type { Measured } from './kafka-client.ts'
import { printTable, spread } from './figures.ts'

/**
 * The two Kafka clients beside each other: the same work, on the same broker, taking turns, each time in a process of
 * its own. `npm run bench:kafka -- --rounds 3`
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    messages: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '15' },
  },
})
const clients = ['kafkajs', 'platformatic'] as const
const runs = new Map<string, Measured[]>(clients.map((client) => [client, []]))
const server = await startOwnKafka()
const kafka = connectKafka({ KAFKA_BROKERS: server.address }, makeLog({ LOG_LEVEL: 'error' }, 'bench'), 'bench')

async function measure(client: string): Promise<Measured> {
  const topic = `bench-${randomUUID()}`
  await withAdmin(kafka, (admin) => admin.createTopics({ topics: [{ topic, numPartitions: 6 }], waitForLeaders: true }))
  const child = fork(fileURLToPath(new URL('./kafka-client.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      KAFKA_BROKERS: server.address,
      KAFKA_CLIENT: client,
      BENCH_TOPIC: topic,
      BENCH_MESSAGES: values.messages,
      BENCH_SECONDS: values.seconds,
    },
  })
  const answer: readonly unknown[] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the process with ${client} ended early`))),
  ])
  return answer[0] as Measured
}

try {
  await measure('kafkajs') // the broker's first work is slower than its later work
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // each goes first in turn
    for (const client of round % 2 === 0 ? clients : clients.toReversed()) runs.get(client)?.push(await measure(client))
  }
} finally {
  await server.stop()
}

const rows: readonly (readonly [string, keyof Measured, number])[] = [
  ['published and consumed, messages a second', 'perSecond', 0],
  ['CPU seconds for 10,000 of them', 'cpu', 2],
  [`a new group reads ${values.messages}, ms, joining included`, 'catchUp', 0],
  ['CPU seconds for 10,000 of them', 'cpuCatchUp', 2],
  ['at 50 a second, from publishing to handler: p50, ms', 'p50', 1],
  ['p99, ms', 'p99', 1],
  ['CPU meanwhile, % of a core', 'cpuSteady', 1],
  ['CPU idle, % of a core', 'cpuIdle', 2],
  ['CPU until the producer is connected, ms', 'loading', 0],
  ['memory at the end, MB', 'memory', 0],
]
printTable(`Kafka clients, ${values.rounds} runs: median (least to most)`, [
  ['', ...clients],
  ...rows.map(([what, figure, digits]) => [
    what,
    ...clients.map((client) =>
      spread(
        (runs.get(client) ?? []).map((run) => run[figure]),
        digits,
      ),
    ),
  ]),
])
