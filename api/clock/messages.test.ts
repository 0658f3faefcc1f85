import { describe, expect, it } from 'vitest'
import { orderId } from '../../domain/ids.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import type { OrderMessages } from '../../events/order-messages.ts'
import { makeLog } from '../../platform/log.ts'
import { toLive } from '../streams/live.ts'
import { makeReadMessages } from './messages.ts'

const id = '11111111-1111-4111-8111-111111111111'
const time = '2026-01-01T00:00:00.000Z'
const publishedAt = '2026-01-01T00:00:00.007Z'
const event = (sequence: number): OrderEvent => ({
  id: `${id}:${sequence}`,
  type: sequence === 1 ? 'order.placed' : 'order.confirmed',
  orderId: orderId(id),
  sequence,
  time,
  data: { status: 'placed', actor: { kind: 'system', id: 'saga' } },
})
const message = ({ id: eventId, type }: OrderEvent, offset: number) => ({
  topic: 'orders',
  partition: 3,
  offset,
  publishedAt,
  eventId,
  type,
})

function reader(find: OrderMessages['find']) {
  const live = { recent: { all: () => [{ ...toLive(3, 8, event(2), undefined), publishedAt }] } }
  const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
  return makeReadMessages({ live, log, orderMessages: { topic: 'orders', find } }, 5)
}
const about = { orderId: id, placedAt: time, events: [event(1), event(2)] }
const offsets = (items: readonly { readonly ids: Readonly<Record<string, string>> }[]) =>
  items.map(({ ids }) => ids['offset'])

describe('where an order’s events stand on the topic', () => {
  it('is looked up for what this process has not seen go by, and once', async () => {
    const asked: string[] = []
    const read = reader(async (_, __, wanted) => {
      asked.push(...wanted.map((one) => one.id))
      return { state: 'read', messages: [message(event(1), 7)] }
    })
    for (const _ of [1, 2]) {
      const { items, kafka } = await read(about)
      expect([kafka, offsets(items), items[0]?.at]).toEqual(['read', ['7', '8'], publishedAt])
    }
    expect(asked).toEqual([`${id}:1`])
  })

  it('is said not to be known while Kafka is away or hangs; the read model’s events are told', async () => {
    for (const find of [() => Promise.reject(new Error('away')), () => new Promise<never>(() => undefined)]) {
      const { items, kafka } = await reader(find)(about)
      expect([kafka, offsets(items), items.length]).toEqual(['away', ['8', undefined], 2])
      expect(items.find(({ ids }) => ids['offset'] === undefined)).toMatchObject({ at: time, what: 'order.placed' })
    }
  })

  it('is cut where not everything was found', async () => {
    const { kafka } = await reader(async () => ({ state: 'read', messages: [] }))(about)
    expect(kafka).toBe('cut')
  })
})
