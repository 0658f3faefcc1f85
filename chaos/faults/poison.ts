import { connectKafka, makeProducer } from '../../events/kafka.ts'
import { ordersTopic } from '../../events/topics.ts'
import { makeLog } from '../../platform/log.ts'
import { type Fault, fault } from '../fault.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

/** Of these it is sure that they take whatever is on the topic, or what names them. */
const groups = ['stock', 'payment', 'shipping', 'projection', 'webhook'] as const

/** A message that nobody can read becomes a dead letter of each group; then staff throws them away. */
export const poison: Fault<Pick<World, 'admin' | 'config'>> = fault('poison', async (world) => {
  const began = new Date()
  const producer = makeProducer(connectKafka(world.config, makeLog({ LOG_LEVEL: 'silent' }, 'chaos'), 'chaos'))
  await producer.connect()
  const headers = { ce_type: 'order.placed', ce_awaits: 'stock,payment,shipping' }
  await producer.send({ topic: ordersTopic(world.config), messages: [{ key: 'poison', value: '{', headers }] })
  await producer.disconnect()
  const seen = new Set<string>()
  await until('every group has its dead letter', async () => {
    for (const group of await discardPoison(world, began)) seen.add(group)
    return groups.every((group) => seen.has(group))
  })
})

/**
 * Throws away what became of poison since then, on a system of one's own since ever.
 * @returns the groups whose letters they were. A letter that belongs to an order stays: it has to be explained.
 */
export async function discardPoison({ admin }: Pick<World, 'admin'>, since = new Date(0)): Promise<readonly string[]> {
  const letters = admin.api.v1.admin['dead-letters']
  const { items } = await (await letters.$get({ query: { state: 'open' } })).json()
  const unreadable = items.filter(({ orderId, failedAt }) => orderId === null && new Date(failedAt) >= since)
  for (const { id } of unreadable) await letters[':id'].discard.$post({ param: { id }, json: { reason: 'poison' } })
  return unreadable.map(({ group }) => group)
}
