import { isOver } from '../../domain/order.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { listEvents, type Visible } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import { timelineEntry } from '../orders/timeline.ts'
import { makeJoin } from './join.ts'
import type { Outlet } from './outlet.ts'

/** Until the projection has what was told live already. */
const behindMs = 250
const outageMs = 2_000

type Place = { readonly id: string; readonly visible: Visible; readonly last: number }

/** Every event of one order after `last`, each once and in sequence: from the projection, then live. */
export async function followOrder(
  { orders, log, live }: Pick<Deps, 'orders' | 'log' | 'live'>,
  outlet: Outlet,
  { id, visible, last }: Place,
): Promise<void> {
  const join = makeJoin<OrderEvent>(last)
  const { ring } = outlet.bell
  let isBehind = true
  const unwatch = live.watch(id, {
    last: join.last,
    ring,
    offer(event) {
      join.offer(event)
      ring()
    },
    poke() {
      isBehind = true
      ring()
    },
  })
  try {
    while (outlet.isOpen()) {
      let waitMs: number | undefined
      if (isBehind || join.hasGap()) {
        try {
          isBehind = false
          for (const event of await listEvents(orders, id, visible, join.last())) join.offer(event)
          if (join.hasGap()) waitMs = behindMs
        } catch (error) {
          log.warn({ err: error, orderId: id }, 'a stream could not be fed; it waits')
          isBehind = true
          waitMs = outageMs
        }
      }
      for (let event = join.take(); event !== undefined && outlet.isOpen(); event = join.take()) {
        const entry = timelineEntry(event, visible === 'all')
        await outlet.send({ id: String(event.sequence), event: event.type, data: JSON.stringify(entry) })
        if (isOver(event.data.status)) unwatch() // nothing more will come
      }
      await outlet.idle(waitMs)
    }
  } finally {
    unwatch()
  }
}
