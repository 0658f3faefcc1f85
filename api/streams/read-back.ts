import type { TopicBatch } from '../../events/topic-reader.ts'
import type { Deps } from '../deps.ts'
import type { Telling } from './follow-all.ts'
import { mostSeen, toLive } from './live.ts'
import type { Outlet } from './outlet.ts'
import { makeSeen } from './seen.ts'

/** Read before the place where the reader was, so that copies of what it has are known for copies. */
const learn = 200
/** At the same time in this process: each is a consumer of its own. The others wait. */
const mostAtOnce = 4
const waitMs = 1_000

let underWay = 0

/** From the topic itself, for a reader that was away for longer than the process remembers, until it remembers on. */
export async function readBack(
  { live, log }: Pick<Deps, 'live' | 'log'>,
  outlet: Outlet,
  { place, visible, tell }: Telling,
): Promise<void> {
  while (underWay >= mostAtOnce && outlet.isOpen()) await outlet.idle(waitMs)
  if (!outlet.isOpen()) return
  const isNew = makeSeen(mostSeen)
  const from = [...live.recent.positions().keys()].map((p) => [p, Math.max(0, (place.get(p) ?? 0) - learn)] as const)
  let crash: Error | undefined

  async function take({ partition, events, next, beat }: TopicBatch): Promise<void> {
    const fresh = events.filter(({ event }) => isNew(event))
    const ahead = fresh.filter(({ offset }) => offset >= (place.get(partition) ?? 0)).map(({ event }) => event)
    const owned = visible === 'all' ? undefined : await live.owners.find(ahead, beat)
    for (const { offset, event } of fresh) {
      if (live.recent.holds(place) || !outlet.isOpen()) return
      await tell(toLive(partition, offset, event, owned?.get(event.orderId)))
      await beat()
    }
    place.set(partition, Math.max(next, place.get(partition) ?? 0))
    outlet.bell.ring()
  }

  underWay += 1
  try {
    const stop = await live.openReader(new Map(from), take, (error) => {
      crash = error
      outlet.bell.ring()
    })
    try {
      while (outlet.isOpen() && crash === undefined && !live.recent.holds(place)) await outlet.idle()
    } finally {
      await stop().catch((err: unknown) => log.debug({ err }, 'a reader of the past could not be taken away'))
    }
  } finally {
    underWay -= 1
  }
  if (crash !== undefined) throw crash
}
