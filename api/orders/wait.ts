import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from 'hono'
import { isSettled } from '../../domain/order.ts'
import { findOrder, findStatus, findVersion } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { isOutage } from '../outage.ts'
import { type OrderState, stateOfRow } from './state.ts'

const firstPauseMs = 25
const longestPauseMs = 250

type Needs = Pick<Deps, 'orders' | 'log'>
type Until = Pick<AbortSignal, 'aborted'>

/**
 * The order as it is once it is settled, or after so many seconds. It was accepted before, so an outage while waiting is
 * no failure: the answer then says what was known.
 */
export const waitUntilSettled = (deps: Needs, known: OrderState, seconds: number, signal: Until): Promise<OrderState> =>
  waitUntil(deps, known, seconds, signal, async () => {
    const status = await findStatus(deps.orders, known.order.id)
    return status !== undefined && isSettled(status)
  })

/** The order as it is once something has happened to it, or after so many seconds. */
export const waitUntilChanged = (deps: Needs, known: OrderState, seconds: number, signal: Until): Promise<OrderState> =>
  waitUntil(deps, known, seconds, signal, async () => {
    const version = await findVersion(deps.orders, known.order.id)
    return version !== undefined && version !== known.version
  })

/** Nobody waits for a client that hung up, nor longer than this process lives. */
export const untilGone = ({ req }: Context<Env>, { stopping }: Pick<Deps, 'stopping'>): Until => ({
  get aborted() {
    return req.raw.signal.aborted || stopping?.aborted === true
  },
})

async function waitUntil(
  { orders, log }: Needs,
  known: OrderState,
  seconds: number,
  signal: Until,
  isThere: () => Promise<boolean>,
): Promise<OrderState> {
  const { id, customerId } = known.order
  const until = Date.now() + seconds * 1000
  try {
    for (let pauseMs = firstPauseMs; Date.now() < until && !signal.aborted;) {
      if (await isThere()) break
      await pause(Math.min(pauseMs, Math.max(until - Date.now(), 0)))
      pauseMs = Math.min(pauseMs * 1.3, longestPauseMs)
    }
    const row = await findOrder(orders, id, { of: customerId })
    return row ? stateOfRow(row) : known
  } catch (error) {
    if (!isOutage(error)) throw error
    log.warn({ orderId: id, err: error }, 'an outage while somebody waited for an order')
    return known
  }
}
