import { Counter, Gauge, type Registry } from 'prom-client'
import type { GroupWatch } from '../../events/groups.ts'
import type { Log } from '../../platform/log.ts'
import { type ProblemError, unavailable } from '../problem.ts'

type Figures = { readonly orders: number; readonly lag: number }

export type BacklogNeeds = {
  readonly mostOrders: number
  readonly mostLag: number
  /** Orders that are placed and not settled; nothing above `most` has to be counted. */
  readonly countUnsettled: (most: number) => Promise<number>
  readonly readGroups: GroupWatch['read']
  readonly log: Pick<Log, 'warn' | 'info'>
  readonly now?: () => number
}

export type Backlog = {
  /** Whether a new order may be taken, as far as is known. It asks nobody: whoever asks has the figures read again. */
  readonly isFull: () => boolean
  /** What an order is refused with. */
  readonly refusal: () => ProblemError
  readonly refused: () => number
  readonly figures: () => Figures | undefined
}

/** Those who only tell of orders may be late: that is no reason to take none. */
const tellers: ReadonlySet<string> = new Set(['notification', 'webhook'])
const freshForMs = 2_000
/** Then nothing is known any more. */
const goodForMs = 15_000

/**
 * How much there is to do, read in the background every two seconds while orders come, and not at all while none come.
 * What can't be read is no reason to refuse an order.
 */
export function makeBacklog(needs: BacklogNeeds): Backlog {
  const { mostOrders, mostLag, log, now = Date.now } = needs
  let last: { readonly at: number; readonly figures: Figures } | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let isReading = false
  let wasFull = false
  let refused = 0

  async function read(): Promise<void> {
    isReading = true
    try {
      const [orders, groups] = await Promise.all([needs.countUnsettled(mostOrders), needs.readGroups()])
      // Kafka may not tell: then the orders alone count
      const counted = [...(groups ?? [])].filter(([name]) => !tellers.has(name))
      const lag = Math.max(0, ...counted.map(([, group]) => group.lag))
      last = { at: now(), figures: { orders, lag } }
    } catch (error) {
      log.warn({ err: error }, 'the backlog can not be read; orders are let through once the last figures are old')
    }
    isReading = false
    tellChange()
  }

  const known = (): Figures | undefined => (last && now() - last.at < goodForMs ? last.figures : undefined)
  const isAbove = (): boolean => {
    const figures = known()
    return figures !== undefined && (figures.orders >= mostOrders || figures.lag >= mostLag)
  }

  function tellChange(): void {
    if (isAbove() === wasFull) return
    wasFull = !wasFull
    const { orders, lag } = known() ?? { orders: undefined, lag: undefined }
    if (wasFull) log.warn({ orders, lag }, 'too much to do: no new orders are taken')
    else log.info({ orders, lag }, 'new orders are taken again')
  }

  return {
    figures: known,
    isFull() {
      if (!isReading && now() - askedAt >= freshForMs) {
        askedAt = now()
        void read()
      }
      return isAbove()
    },
    refusal() {
      refused += 1
      return unavailable(
        'overloaded',
        'There is more to do than can be done soon. Nothing was ordered; try again later.',
      )
    },
    refused: () => refused,
  }
}

/** The figures as last read, and how many orders this process refused for them. */
export function measureBacklog(registry: Registry, backlog: Pick<Backlog, 'figures' | 'refused'>): void {
  const gauge = (name: string, help: string, of: keyof Figures) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(backlog.figures()?.[of] ?? Number.NaN)
      },
    })
  gauge('backlog_orders', 'Orders that are not settled; not a number while no orders come', 'orders')
  gauge('backlog_lag_messages', 'Messages that the slowest consumer group has before it; likewise', 'lag')
  new Counter({
    name: 'backlog_refused_orders_total',
    help: 'Orders that were not taken as there was too much to do',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(backlog.refused())
    },
  })
}
