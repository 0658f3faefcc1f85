import { randomUUID } from 'node:crypto'
import mysql from 'mysql2/promise'
import { money } from '../domain/money.ts'
import { customerId, addressId, orderId, sku } from '../domain/ids.ts'
import type { Order } from '../domain/order.ts'
import { eventId, type EventType, type OrderEvent } from '../domain/saga/event.ts'
import { toMessage } from '../events/envelope.ts'
import { connectKafka, makeProducer } from '../events/kafka.ts'
import { ordersTopic } from '../events/topics.ts'
import { databaseName } from '../platform/database.ts'
import type { Bench } from './context.ts'
import { rounded } from './figures.ts'

const perSend = 2_000

/** Orders of former days: through the topic into the projection, and straight into the participants' tables. */
export async function fillUp({ config, log, follower }: Bench, count: number): Promise<void> {
  const producer = makeProducer(connectKafka(config, log, 'bench'))
  await producer.connect()
  const begun = performance.now()
  const last: string[] = []
  for (let sent = 0; sent < count; sent += perSend) {
    const orders = Array.from({ length: Math.min(perSend, count - sent) }, formerOrder)
    const messages = orders.flatMap((order) => historyOf(order).map(toMessage))
    await producer.send({
      topic: ordersTopic(config),
      messages: messages.map((one) => ({ ...one, headers: { ...one.headers } })),
    })
    if (sent + perSend >= count) last.push(...orders.map(({ id }) => id))
  }
  await producer.disconnect()
  await Promise.all(last.map((id) => follower.until(id, 'order.rejected')))
  const connection = await mysql.createConnection(config.DATABASE_URL)
  const name = (database: Parameters<typeof databaseName>[1]) => databaseName(config, database)
  for (;;) {
    const [rows] = await connection.query<mysql.RowDataPacket[]>(
      `SELECT COUNT(*) AS found FROM ${name('orders')}.orders WHERE status = 'rejected'`,
    )
    if (Number(rows[0]?.['found']) >= count) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const seconds = (performance.now() - begun) / 1000
  console.log(`  ${count} former orders folded into the read model: ${rounded((count * 2) / seconds)} events/s`)
  for (const service of ['stock', 'payment', 'shipping'] as const) {
    await connection.query(
      `INSERT IGNORE INTO ${name(service)}.inbox (event_id, hash, claim)
       SELECT CONCAT(order_id, ':', sequence), REPEAT('x', 43), order_id FROM ${name('orders')}.order_event`,
    )
    await connection.query(
      `INSERT IGNORE INTO ${name(service)}.answer (order_id, step, action, round, body, signalled_at)
       SELECT order_id, ?, IF(sequence = 1, 'perform', 'compensate'), 1, '{}', CURRENT_TIMESTAMP(3)
       FROM ${name('orders')}.order_event`,
      [service],
    )
  }
  for (const service of ['payment', 'shipping'] as const) {
    await connection.query(
      `INSERT IGNORE INTO ${name(service)}.task (order_id, step, action, round, sequence, state, due_at, order_body)
       SELECT id, ?, 'perform', 1, 1, 'done', placed_at, body FROM ${name('orders')}.orders`,
      [service],
    )
  }
  await connection.end()
}

function formerOrder(): Order {
  const price = money(1290, 'EUR')
  return {
    id: orderId(randomUUID()),
    customerId: customerId(randomUUID()),
    lines: [{ sku: sku('MUG-CLASSIC'), name: 'Classic mug', quantity: 1, unitPrice: price, lineTotal: price }],
    total: price,
    paymentMethod: 'pm_card_visa',
    addressId: addressId(randomUUID()),
    destination: { country: 'DE', postalCode: '10115' },
    placedAt: new Date().toISOString(),
  }
}

function historyOf(order: Order): readonly OrderEvent[] {
  const event = (sequence: number, type: EventType, data: OrderEvent['data']): OrderEvent => ({
    id: eventId(order.id, sequence),
    type,
    orderId: order.id,
    sequence,
    time: order.placedAt,
    data,
  })
  const actor = { kind: 'system', id: 'bench' } as const
  return [
    event(1, 'order.placed', { status: 'placed', actor, order, fingerprint: 'x'.repeat(43) }),
    event(2, 'order.rejected', { status: 'rejected', actor }),
  ]
}
