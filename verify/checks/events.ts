import { subjectOf } from '../../domain/saga/event.ts'
import { readWholeTopic } from '../../events/whole-topic.ts'
import { findOrder } from '../../workers/projection/queries.ts'
import type { Context } from '../context.ts'
import type { Invariant } from '../invariant.ts'
import { makeNumbering } from '../numbering.ts'

export const events: Invariant = {
  name: 'events',
  asks: 'Are the events of each order on the topic numbered without a gap, each number with one content?',
  ofOrders: true,
  async check(context) {
    const numbering = makeNumbering()
    const { orderId: only } = context
    const topic = await readWholeTopic({
      config: context.config,
      log: context.log,
      name: 'verify',
      from: await placedAt(context),
      handle: (batch) => {
        for (const { orderId, type, sequence, hash } of batch) {
          if (only !== undefined && only !== orderId) continue
          numbering.take({ orderId, stream: subjectOf(orderId, type), sequence, hash })
        }
        return Promise.resolve()
      },
    })
    try {
      await topic.caughtUp()
    } finally {
      await topic.stop()
    }
    const findings = [...numbering.faults()].map(([orderId, faults]) => ({
      subject: orderId,
      orderId,
      difference: faults.join('; '),
      repair: `Was its workflow reset, or its topic cut? GET /v1/admin/dead-letters?orderId=${orderId}; the missing event is in its Temporal history`,
    }))
    return { looked: numbering.count(), findings }
  },
}

/** Where to begin for one order; undefined: at the beginning. */
export async function placedAt({ orders, orderId }: Context): Promise<Date | undefined> {
  const row = orderId === undefined ? undefined : await findOrder(orders, orderId, 'all')
  return row && new Date(row.placed_at.getTime() - 60_000) // the broker's clock is not ours
}
