import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { orderId } from '../domain/ids.ts'
import { eventId } from '../domain/saga/event.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { forgetEvents } from '../workers/participant/forget.ts'
import { makeHandler } from '../workers/participant/handle.ts'
import type { ParticipantTables } from '../workers/participant/tables.ts'
import { paymentMigrations } from '../workers/payment/tables.ts'
import { anOrder } from './support/neighbours.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<ParticipantTables>(config, 'payment')
beforeAll(() => migrate(config, 'payment', paymentMigrations))
afterAll(() => database.destroy())

const hour = 3_600_000

function asked(time: Date) {
  const order = { ...anOrder(), id: orderId(randomUUID()) }
  const ask = {
    step: 'payment',
    participant: 'payment',
    action: 'perform',
    round: 1,
    attempt: 1,
    deadlineAt: '',
  } as const
  const data = { status: 'processing', actor: { kind: 'system', id: 'test' }, order, asks: [ask] } as const
  const id = eventId(order.id, 2)
  return { id, type: 'order.test', orderId: order.id, sequence: 2, time: time.toISOString(), data, hash: 'h' } as const
}

/** Answers at once, and counts how often it was asked to work. */
function participant() {
  const [worked, told]: [string[], string[]] = [[], []]
  const handle = makeHandler({
    name: 'payment',
    database,
    signaller: {
      answered: async (id) => void told.push(id),
      moved: () => Promise.resolve(),
      deadLettered: () => Promise.resolve(),
    },
    log: makeLog({ LOG_LEVEL: 'silent' }, 'test'),
    work: (_tx, asks) => {
      worked.push(...asks.map(({ order }) => order.id))
      const answers = asks.map(({ order, ask: { step, action, round } }) => ({
        orderId: order.id,
        answer: { step, action, round, outcome: 'completed' as const },
      }))
      return Promise.resolve({ answers })
    },
    inboxKeptMs: hour,
    answersAtOnce: false,
  })
  return { handle, worked, told }
}

const known = async () => (await database.selectFrom('inbox').select('event_id').execute()).map((row) => row.event_id)

it('an inbox forgets what is older than it keeps, and nothing else', async () => {
  const { handle } = participant()
  const [old, young] = [asked(new Date()), asked(new Date())]
  await handle([old])
  await database
    .updateTable('inbox')
    .set({ received_at: new Date(Date.now() - 2 * hour) })
    .where('event_id', '=', old.id)
    .execute()
  await handle([young])
  expect(await forgetEvents(database)(new Date(Date.now() - hour), 500)).toBe(1)
  expect(await known()).toContain(young.id)
  expect(await known()).not.toContain(old.id)
})

it('an event that comes again after it was forgotten is answered as before, and not done again', async () => {
  const { handle, worked, told } = participant()
  const event = asked(new Date(Date.now() - 2 * hour))
  await handle([event])
  await database.deleteFrom('inbox').where('event_id', '=', event.id).execute()
  await handle([event])
  expect(worked).toEqual([event.orderId])
  expect(told).toEqual([event.orderId, event.orderId])
})
