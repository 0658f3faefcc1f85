import { listEvents, listReturnEvents } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import { findOrderState } from '../orders/find.ts'
import { readSaga } from '../orders/saga.ts'
import { readMemo } from '../orders/workflow.ts'
import { unavailable } from '../problem.ts'
import { uuidPattern } from '../../domain/ids.ts'
import { readActs, readLetters } from './acts.ts'
import { readAttempts, readStockAnswers } from './attempts.ts'
import { readLedger, readStockLedger, readTracking } from './books.ts'
import type { ClockDocument } from './document.ts'
import { clockHeadline, waitsFor } from './headline.ts'
import { readHistory } from './history.ts'
import { type ClockItem, mergeItems, type Missing, type Source } from './item.ts'
import { makeReadMessages } from './messages.ts'
import { part } from './part.ts'

type Lists = readonly ClockItem[]
const none: Lists = []
const noEvents = { value: undefined, missing: [] }
/** What has to be known before the parts can be read. */
const beforehandMs = 1_500

/** Everything about one order on one time axis. What can't be had is named and does not stop the rest. */
export function makeReadClock(deps: Deps) {
  const readMessages = makeReadMessages(deps)
  const { log } = deps
  const listed = (source: Source, work: Promise<Lists>) => part(log, source, none, work)

  /** @returns undefined where there is no such order. */
  return async (id: string, isAdmin: boolean): Promise<ClockDocument | undefined> => {
    if (!uuidPattern.test(id)) return undefined
    const found = await part(log, 'headline', undefined, findOrderState(deps, 'all', id), beforehandMs)
    const isAway = found.missing.length > 0
    // its workflow knows what was ordered too
    const order = isAway ? (await readMemo(deps, id))?.order : found.value?.order
    if (order === undefined && isAway)
      throw unavailable('dependency_unavailable', 'Orders can’t be read. Try again soon.')
    if (order === undefined) return undefined
    const known = isAway ? noEvents : await part(log, 'kafka', undefined, eventsOf(deps, id), beforehandMs)
    const hasReturns = known.value?.some(({ type }) => type.startsWith('return.')) ?? false
    const about = { orderId: id, placedAt: order.placedAt, events: known.value }
    const skus = order.lines.map(({ sku }) => sku)
    const [saga, acts, ledger, stock, stockAnswers, payment, shipping, tracking, history, messages, letters] =
      await Promise.all([
        part(log, 'headline', undefined, readSaga(deps, 'all', id)),
        listed('act', readActs(deps.identity, id, isAdmin)),
        listed('ledger', readLedger(deps.payment, id)),
        listed('stock', readStockLedger(deps.stock, id, skus)),
        listed('stock', readStockAnswers(deps.stock, id)),
        listed('attempt', readAttempts('payment', deps.payment, id)),
        listed('attempt', readAttempts('shipping', deps.shipping, id)),
        listed('attempt', readTracking(deps.shipping, id)),
        part(log, 'temporal', { items: none, missing: [] }, readHistory(deps, id, hasReturns)),
        part(log, 'kafka', { items: none, kafka: 'away' as const }, readMessages(about)),
        listed('deadLetter', readLetters(deps.orders, id)),
      ])
    // of the same moment, what causes comes before what is caused
    const books = [acts, ledger, stock, stockAnswers, tracking, payment, shipping]
    const lists = [...books.map(({ value }) => value), history.value.items, messages.value.items, letters.value]
    const parts = [saga, ...books, history, messages, letters, known]
    return {
      headline: saga.value === undefined ? '' : clockHeadline(saga.value),
      waitingFor: saga.value === undefined ? [] : waitsFor(saga.value),
      placedAt: order.placedAt,
      temporalUrl: temporalUrl(deps, id),
      kafka: messages.value.kafka,
      missing: unique([...parts.flatMap(({ missing }) => missing), ...history.value.missing]),
      items: mergeItems(lists),
    }
  }
}

async function eventsOf({ orders }: Pick<Deps, 'orders'>, id: string) {
  const [own, returns] = await Promise.all([listEvents(orders, id, 'all'), listReturnEvents(orders, id, 'all')])
  return [...own, ...returns]
}

function unique(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((one) => [`${one.source}:${one.why}`, one])).values()]
}

const temporalUrl = ({ temporal, temporalUiUrl }: Pick<Deps, 'temporal' | 'temporalUiUrl'>, id: string): string =>
  `${temporalUiUrl.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(temporal.namespace)}/workflows/${id}`
