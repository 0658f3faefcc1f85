import { randomUUID } from 'node:crypto'
import type { IdentityTables } from '../../api/identity/tables.ts'
import { customerId } from '../../domain/ids.ts'
import type { OrderEvent, OrderEventData } from '../../domain/saga/event.ts'
import type { Config } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import type { NotificationTables } from '../../workers/notification/tables.ts'
import { anOrder } from './neighbours.ts'

/** Events of one order, as its workflow would publish them. */
export function story(customer_: string) {
  const order = { ...anOrder(), customerId: customerId(customer_) }
  let sequence = 0
  const event = (type: OrderEvent['type'], data: Partial<OrderEventData>): OrderEvent => {
    sequence += 1
    const time = new Date().toISOString()
    const actor = { kind: 'system', id: 'saga' } as const
    const whole = { status: 'processing', actor, ...data } as const
    return { id: `${order.id}:${sequence}`, type, orderId: order.id, sequence, time, data: whole }
  }
  return { order, event, placed: () => event('order.placed', { status: 'placed', order }) }
}

/** Accounts that want campaigns, without the time that it takes to make passwords. */
export async function manyReaders(config: Config, count: number): Promise<ReadonlySet<string>> {
  const identity = openDatabase<IdentityTables>(config, 'identity', 1)
  const notification = openDatabase<NotificationTables>(config, 'notification', 1)
  const ids = Array.from({ length: count }, () => randomUUID())
  const account = { name: 'Reader', role: 'customer' as const, password_hash: '-' }
  const accounts = ids.map((id) => ({ id, email: `${id}@shop.test`, ...account }))
  await identity.insertInto('account').values(accounts).execute()
  const choices = ids.map((customer_id) => ({ customer_id, unwanted: '[]', campaigns: 1 }))
  await notification.insertInto('preference').values(choices).execute()
  await Promise.all([identity.destroy(), notification.destroy()])
  return new Set(accounts.map(({ email }) => email))
}
