import { z } from '@hono/zod-openapi'
import type { Actor } from '../../domain/order.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { actorName } from '../../domain/saga/view.ts'
import { listEvents, listReturnEvents, type Visible } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import { time } from '../fields.ts'
import { findOrderState } from './find.ts'

const entrySchema = z
  .object({
    sequence: z.int().openapi({ description: '1, 2, 3 ...; the events of returns (`return.*`) count their own' }),
    type: z.string().openapi({ example: 'order.placed' }),
    occurredAt: time,
    actor: z.string().openapi({ example: 'participant:stock' }),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('TimelineEntry')

export const timelineSchema = z
  .object({ items: z.array(entrySchema).readonly(), nextCursor: z.null() })
  .openapi('Timeline')

type Entry = z.infer<typeof entrySchema>

/** @returns undefined where there is no such order for this reader. */
export async function readTimeline(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  visible: Visible,
  id: string,
): Promise<readonly Entry[] | undefined> {
  const [own, returns] = await Promise.all([
    listEvents(deps.orders, id, visible),
    listReturnEvents(deps.orders, id, visible),
  ])
  const events = [...own, ...returns]
  if (events.length === 0 && (await findOrderState(deps, visible, id)) === undefined) return undefined
  return events.map((event) => timelineEntry(event, visible === 'all'))
}

const ofTheShop: ReadonlySet<Actor['kind']> = new Set(['support', 'admin', 'program'])

/** Customers are told what happened, but neither how the saga is built nor which member of staff did what. */
export function timelineEntry({ sequence, type, time: occurredAt, data }: OrderEvent, staff: boolean): Entry {
  const { actor, plan, fingerprint, order, note, ...told } = data
  const shown = staff ? { ...told, plan, fingerprint, order, note } : told
  return {
    sequence,
    type,
    occurredAt,
    actor: staff || !ofTheShop.has(actor.kind) ? actorName(actor) : actor.kind,
    data: Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)),
  }
}
