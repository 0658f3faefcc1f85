import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { IdentityTables } from '../api/identity/tables.ts'
import { customerId } from '../domain/ids.ts'
import { toMessage } from '../events/envelope.ts'
import { connectKafka, makeProducer } from '../events/kafka.ts'
import { makePublisher } from '../events/publisher.ts'
import { laneTopic, ordersTopic } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { startSystem } from '../stack/system.ts'
import { startMailServer } from '../tests/support/mail-server.ts'
import { anOrder } from '../tests/support/neighbours.ts'
import { toLane } from '../workers/notification/notice.ts'
import type { NotificationTables } from '../workers/notification/tables.ts'
import { printTable, quantile, rounded } from './figures.ts'

/**
 * How long a message about an order takes, from its event on the topic to the mail server, while a campaign is queued:
 * on lanes of their own, and on one for both. `npm run bench:notifications -- --bulk 5000 --rate 100`
 */
const { values } = parseArgs({
  options: {
    bulk: { type: 'string', default: '5000' },
    realtime: { type: 'string', default: '300' },
    rate: { type: 'string', default: '100' },
    every: { type: 'string', default: '100' },
  },
})
const [bulk, realtime, everyMs] = [Number(values.bulk), Number(values.realtime), Number(values.every)]

const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
const mails = await startMailServer()
const system = await startSystem({
  logDir: dir,
  roles: ['notification'],
  env: {
    LOG_LEVEL: 'warn',
    SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
    NOTIFICATIONS_PER_SECOND: values.rate,
  },
})
const config = readConfig(system.env)
const log = makeLog(config, 'bench')
const identity = openDatabase<IdentityTables>(config, 'identity', 1)
const notification = openDatabase<NotificationTables>(config, 'notification', 1)
const producer = makeProducer(connectKafka(config, log, 'bench'))
await producer.connect()
const oneLane = makePublisher(producer, laneTopic(config, 'realtime'), log)

const readers = Array.from({ length: bulk }, () => randomUUID())
const buyers = Array.from({ length: realtime }, () => randomUUID())
const accounts = [...readers, ...buyers].map((id) => ({
  id,
  email: `${id}@bench.test`,
  name: 'Bench',
  role: 'customer' as const,
  password_hash: '-',
}))
for (let from = 0; from < accounts.length; from += 500) {
  await identity
    .insertInto('account')
    .values(accounts.slice(from, from + 500))
    .execute()
}
const choices = readers.map((customer_id) => ({ customer_id, unwanted: '[]', campaigns: 1 }))
for (let from = 0; from < choices.length; from += 500) {
  await notification
    .insertInto('preference')
    .values(choices.slice(from, from + 500))
    .execute()
}

/** @param finished where the bench puts its messages on a lane itself. */
async function campaign(finished: boolean): Promise<string> {
  const id = randomUUID()
  const at = { created_at: new Date(), finished_at: finished ? new Date() : null }
  const said = { subject: 'New mugs', body_text: 'They are blue, and they are here.\n\nCome and see.' }
  await notification
    .insertInto('campaign')
    .values({ id, ...said, created_by: 'bench', ...at })
    .execute()
  return id
}

const waiting = async (): Promise<number> => {
  const row = await notification
    .selectFrom('message')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return row.waiting
}

/** One message to each buyer, evenly. @returns milliseconds from each event to its mail. */
async function tell(): Promise<readonly number[]> {
  const publishedAt = new Map<string, number>()
  for (const buyer of buyers) {
    const order = { ...anOrder(), customerId: customerId(buyer) }
    const data = { status: 'placed', actor: { kind: 'customer', id: buyer }, order } as const
    const event = { id: `${order.id}:1`, type: 'order.placed', orderId: order.id, sequence: 1, data } as const
    publishedAt.set(`<${order.id}.1.placed@localhost>`, performance.now())
    await producer.send({
      topic: ordersTopic(config),
      messages: [toMessage({ ...event, time: new Date().toISOString() })],
    })
    await pause(everyMs)
  }
  for (;;) {
    const came = mails.received.filter(({ messageId }) => publishedAt.has(messageId))
    if (came.length >= buyers.length) return came.map((mail) => mail.at - (publishedAt.get(mail.messageId) ?? mail.at))
    await pause(100)
  }
}

async function untilSent(): Promise<void> {
  while ((await waiting()) > 0) await pause(500)
}

async function run(name: string, queue: () => Promise<void>) {
  const sentBefore = mails.received.length
  const begun = performance.now()
  await queue()
  const queued = await waiting()
  const times = await tell()
  const left = await waiting()
  await untilSent()
  const perSecond = ((mails.received.length - sentBefore) * 1000) / (performance.now() - begun)
  const figures = [0.5, 0.95, 0.99, 1].map((part) => rounded(quantile(times, part)))
  return [name, queued, left, ...figures, rounded(perSecond, 1)]
}

const untilQueued = async (): Promise<void> => {
  // the sender has begun meanwhile
  while ((await waiting()) < bulk * 0.9) await pause(50)
}
await tell() // everything has run once
await untilSent()
const rows = [
  await run('nothing queued', async () => undefined),
  await run('two lanes', async () => {
    await campaign(false)
    await untilQueued()
  }),
  await run('one lane', async () => {
    const id = await campaign(true)
    const notices = readers.map((reader) => {
      const source = `${id}:${reader}`
      return { source, kind: 'campaign' as const, campaignId: id, customerId: reader }
    })
    await oneLane.publish(notices.map(toLane))
    await untilQueued()
  }),
]
printTable(`${realtime} messages about orders, one every ${everyMs} ms; at most ${values.rate} mails/s`, [
  ['', 'queued', 'left at the end', 'p50 ms', 'p95 ms', 'p99 ms', 'most ms', 'mails/s'],
  ...rows,
])
const ids = mails.received.map(({ messageId }) => messageId)
console.log(`\n${ids.length} mails, ${ids.length - new Set(ids).size} of them twice`)
await oneLane.stop()
await Promise.all([identity.destroy(), notification.destroy()])
await system.stop()
await mails.stop()
await rm(dir, { recursive: true, force: true })
process.exit(0)
