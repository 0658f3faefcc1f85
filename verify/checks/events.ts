import { isDeepStrictEqual } from 'node:util'
import type { OrderEvent } from '../../domain/saga/event.ts'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { readWholeTopic } from '../../events/whole-topic.ts'
import { findOrder, listEventsOf, listReturnEvents } from '../../workers/projection/queries.ts'
import type { Context } from '../context.ts'
import type { Invariant } from '../invariant.ts'
import { makeNumbering } from '../numbering.ts'

export const events: Invariant = {
  name: 'events',
  asks: 'Are each order’s events on the topic numbered without a gap, each number with one content?',
  ofOrders: true,
  async check(context) {
    const faults = new Map<string, Set<string>>()
    const report = (orderId: string, fault: string): void => {
      faults.set(orderId, (faults.get(orderId) ?? new Set()).add(fault))
    }
    const numbering = makeNumbering(report)
    const { orderId: only, config, log } = context
    const topic = await readWholeTopic({
      config,
      log,
      name: 'verify',
      from: await placedAt(context),
      handle: async (batch) => {
        const wanted = batch.filter(({ orderId }) => only === undefined || only === orderId)
        const repeats = wanted.filter((event) => numbering.isRepeat(event))
        if (repeats.length > 0) await compareRepeats(context, repeats, report)
      },
    })
    try {
      await topic.caughtUp()
    } finally {
      await topic.stop()
    }
    const findings = [...faults].map(([orderId, told]) => ({
      subject: orderId,
      orderId,
      difference: [...told].join('; '),
      repair: `Was its workflow reset, or did somebody else publish? The true events are in its history: temporal workflow show -w ${orderId}; dead letters: GET /v1/admin/dead-letters?orderId=${orderId}`,
    }))
    return { looked: numbering.count(), findings }
  },
}

/** The first to come is what readers have: whatever comes again has to be the same. */
async function compareRepeats(
  { orders }: Context,
  repeats: readonly ReceivedEvent[],
  report: (orderId: string, fault: string) => void,
): Promise<void> {
  const ids = [...new Set(repeats.map(({ orderId }) => orderId as string))]
  const ofOrders = await listEventsOf(orders, ids)
  for (const event of repeats) {
    const known =
      event.data.return === undefined
        ? (ofOrders.get(event.orderId) ?? [])
        : await listReturnEvents(orders, event.orderId, 'all')
    const first = known.find(({ id }) => id === event.id)
    if (first === undefined) report(event.orderId, `event ${event.sequence} came without those before it`)
    else if (!isSame(first, event)) report(event.orderId, `event ${event.sequence} is there with two contents`)
  }
}

const isSame = (a: OrderEvent, b: OrderEvent): boolean =>
  a.type === b.type &&
  Date.parse(a.time) === Date.parse(b.time) &&
  a.traceparent === b.traceparent &&
  isDeepStrictEqual(a.data, b.data)

/** Where to begin for one order; undefined: at the beginning. */
export async function placedAt({ orders, orderId }: Context): Promise<Date | undefined> {
  const row = orderId === undefined ? undefined : await findOrder(orders, orderId, 'all')
  return row && new Date(row.placed_at.getTime() - 60_000) // the broker's clock is not ours
}
