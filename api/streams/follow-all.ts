import type { Positions } from '../../events/topic-reader.ts'
import type { Visible } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import type { Live, LiveEvent } from './live.ts'
import type { Outlet } from './outlet.ts'
import { formatPositions } from './positions.ts'
import { readBack } from './read-back.ts'

export type Telling = {
  /** Moves on with what was sent, or is not for this reader. */
  readonly place: Map<number, number>
  readonly tell: (event: LiveEvent) => Promise<void>
  readonly visible: Visible
}

/** Every event of all orders that the reader may see: from now on, or from the place where a stream ended. */
export async function followAll(
  { live, log }: Pick<Deps, 'live' | 'log'>,
  outlet: Outlet,
  { visible, after }: { readonly visible: Visible; readonly after: Positions | undefined },
): Promise<void> {
  const unlisten = live.listen(outlet.bell.ring)
  try {
    const openedAt = live.isThere() ? undefined : new Date().toISOString()
    while (!live.isThere()) {
      if (!outlet.isOpen()) return
      await outlet.idle()
    }
    if (after === undefined && openedAt === undefined) {
      const place = new Map(live.recent.positions())
      return await tellRecent(live, outlet, tellTo(outlet, place, visible), live.recent.end())
    }
    // opened before the topic could be read: then what has happened since is known by its time
    const place = new Map(after ?? live.recent.floor())
    const telling = tellTo(outlet, place, visible, after === undefined ? openedAt : undefined)
    try {
      if (!live.recent.holds(place)) await readBack({ live, log }, outlet, telling)
    } catch (error) {
      log.warn({ err: error }, 'a stream could not read what its client has missed; it ends, to be resumed')
      return
    }
    await tellRecent(live, outlet, telling, live.recent.first())
  } finally {
    unlisten()
  }
}

/** @param since leaves out what happened before. */
function tellTo(outlet: Outlet, place: Map<number, number>, visible: Visible, since = ''): Telling {
  async function tell(one: LiveEvent): Promise<void> {
    const { partition, offset, event, owner } = one
    if (offset < (place.get(partition) ?? 0)) return
    place.set(partition, offset + 1)
    if (event.time < since || (visible !== 'all' && visible.of !== owner)) return
    await outlet.send({ id: formatPositions(place), event: event.type, data: one.told(visible === 'all') })
  }
  return { place, visible, tell }
}

/** Ends with the connection, or where the reader is so slow that what it needs is gone: it comes again. */
async function tellRecent(live: Live, outlet: Outlet, { place, tell }: Telling, start: number): Promise<void> {
  let at = start
  while (outlet.isOpen()) {
    const events = live.recent.since(at)
    if (events === undefined) return
    for (const event of events) {
      if (!outlet.isOpen()) return
      await tell(event)
    }
    at += events.length
    if (at < live.recent.end()) continue
    // also past what is nobody's event
    for (const [partition, next] of live.recent.positions()) place.set(partition, Math.max(next, place.get(partition) ?? 0)) // prettier-ignore
    await outlet.idle(undefined, () => formatPositions(place))
  }
}
