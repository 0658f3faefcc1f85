import { customerId as asCustomerId } from '../../domain/ids.ts'
import type { Order } from '../../domain/order.ts'
import { failpoint } from '../../platform/failpoint.ts'
import { findOrder } from '../../workers/projection/queries.ts'
import { type Address, storeAddress } from '../../workers/shipping/addresses.ts'
import { findOffers } from '../../workers/stock/catalogue.ts'
import type { Deps } from '../deps.ts'
import { unavailable } from '../problem.ts'
import type { Violation } from '../violations.ts'
import type { OrderBody } from './body.ts'
import { addressIdFor, fingerprintOf, orderIdFor } from './ids.ts'
import { priceLines } from './pricing.ts'
import { type OrderState, stateOfNew, stateOfRow } from './state.ts'
import { readMemo, startOrder } from './workflow.ts'

export type PlaceOrder = {
  readonly customerId: string
  readonly body: OrderBody
  /** With it the same request is the same order, however often it is sent. */
  readonly key: string | undefined
  readonly traceparent: string
  /** Nothing is started after this time (epoch milliseconds). */
  readonly deadlineAt: number
}

export type Placed =
  | { readonly kind: 'placed'; readonly state: OrderState; readonly address: Address }
  /** The same request placed this order before. */
  | { readonly kind: 'replayed'; readonly state: OrderState }
  /** The key belongs to an order with another body. */
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }

/**
 * Places an order, which is one thing: starting its workflow. The address is stored before that, as the workflow must
 * not carry it; without a workflow such a row is harmless.
 */
export async function placeOrder(deps: Deps, request: PlaceOrder): Promise<Placed> {
  const { body, key } = request
  const customerId = asCustomerId(request.customerId)
  const id = orderIdFor(customerId, key)
  const fingerprint = fingerprintOf(body)

  const [before, offers] = await Promise.all([
    key === undefined ? undefined : findOrder(deps.orders, id, { of: customerId }),
    findOffers(
      deps.stock,
      body.lines.map(({ sku }) => sku),
    ),
  ])
  if (before) return sameOrOther(before.fingerprint === fingerprint, stateOfRow(before))

  const priced = priceLines(body.lines, offers)
  if (priced.kind === 'refused') {
    // a product may have been archived between the first request and this repetition of it
    const placed = key === undefined ? undefined : await placedBefore(deps, id, fingerprint)
    return placed ?? priced
  }

  if (deps.backlog.isFull()) {
    // what was accepted stays accepted, also while the projection lags behind
    const placed = key === undefined ? undefined : await placedBefore(deps, id, fingerprint)
    if (placed === undefined) throw deps.backlog.refusal()
    return placed
  }

  const { shippingAddress: address } = body
  const addressId = addressIdFor(id, fingerprint)
  const order: Order = {
    id,
    customerId,
    lines: priced.lines,
    total: priced.total,
    paymentMethod: body.paymentMethod,
    addressId,
    destination: { country: address.country, postalCode: address.postalCode },
    placedAt: new Date().toISOString(),
  }
  await storeAddress(deps.shipping, { id: addressId, orderId: id, customerId, address })
  failpoint('order.address_stored')
  if (Date.now() >= request.deadlineAt) throw unavailable('dependency_unavailable', 'It took too long. Try again soon.')
  const input = { order, plan: deps.plan, fingerprint, traceparent: request.traceparent }
  const isNew = await startOrder(deps, input)
  failpoint('order.started')
  if (isNew) return { kind: 'placed', state: stateOfNew(order), address }

  const placed = await placedBefore(deps, id, fingerprint)
  if (placed === undefined) throw new Error(`order ${id} was started before, but its workflow has no memo`)
  return placed
}

/** From the workflow, while the projection doesn't have it yet. */
async function placedBefore(deps: Deps, id: string, fingerprint: string): Promise<Placed | undefined> {
  const memo = await readMemo(deps, id)
  return memo && sameOrOther(memo.fingerprint === fingerprint, stateOfNew(memo.order))
}

const sameOrOther = (same: boolean, state: OrderState): Placed =>
  same ? { kind: 'replayed', state } : { kind: 'keyReused' }
