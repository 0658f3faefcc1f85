import { randomUUID } from 'node:crypto'
import { connectKafka } from '../events/kafka.ts'
import { ordersTopic } from '../events/topics.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'

export type Follower = {
  /**
   * Resolves with the time (`performance.now()`) at which this event of the order was there to be read.
   * @throws when an order was rejected: none is meant to be, and figures without it would be wrong.
   */
  readonly until: (orderId: string, type: string) => Promise<number>
  readonly stop: () => Promise<void>
}

type Watch = { readonly told: (at: number) => void; readonly reached: Promise<number> }

/** Reads the topic as any downstream consumer does, so that nobody has to poll the API for the state of orders. */
export async function followOrders(config: Config, log: Log): Promise<Follower> {
  const watches = new Map<string, Watch>()
  const watch = (key: string): Watch => {
    const known = watches.get(key)
    if (known !== undefined) return known
    let told: (at: number) => void = () => undefined
    const reached = new Promise<number>((resolve) => {
      told = resolve
    })
    const made: Watch = { told, reached }
    watches.set(key, made)
    return made
  }
  let spoil: (error: Error) => void = () => undefined
  const spoiled = new Promise<never>((_, reject) => {
    spoil = reject
  })
  spoiled.catch(() => undefined) // told to whoever waits for an order
  const consumer = connectKafka(config, log, 'bench').consumer({ groupId: `bench-${randomUUID()}` })
  await consumer.connect()
  await consumer.subscribe({ topics: [ordersTopic(config)], fromBeginning: true })
  await consumer.run({
    eachMessage: ({ message: { key, headers } }) => {
      const type = headers?.['ce_type']?.toString()
      if (type === 'order.rejected') spoil(new Error(`order ${key?.toString()} was rejected`))
      watch(`${key?.toString()} ${type}`).told(performance.now())
      return Promise.resolve()
    },
  })
  return {
    until: (orderId, type) => Promise.race([watch(`${orderId} ${type}`).reached, spoiled]),
    stop: () => consumer.disconnect(),
  }
}
