import { findOrder, type Visible } from '../../workers/projection/queries.ts'
import { findAddresses } from '../../workers/shipping/addresses.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { uuidPattern } from '../../domain/ids.ts'
import { type OrderDocument, orderDocument } from './document.ts'
import { type OrderState, stateOfNew, stateOfRow } from './state.ts'
import { readMemo } from './workflow.ts'

/** Customers see their own orders, staff and the shop's own programs all of them. */
export const visibleTo = ({ id, role }: Principal): Visible => (role === 'customer' ? { of: id } : 'all')

/**
 * The order as the projection tells it or, for the moment until the projection has it, as its workflow does.
 * @returns undefined where there is none, or it is another customer's: nobody learns which.
 */
export async function findOrderState(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  visible: Visible,
  id: string,
): Promise<OrderState | undefined> {
  if (!uuidPattern.test(id)) return undefined
  const row = await findOrder(deps.orders, id, visible)
  if (row) return stateOfRow(row)
  const memo = await readMemo(deps, id)
  if (memo === undefined || (visible !== 'all' && memo.order.customerId !== visible.of)) return undefined
  return stateOfNew(memo.order)
}

/** With their addresses, which only `shipping` has. */
export async function documentsOf(
  deps: Pick<Deps, 'shipping'>,
  states: readonly OrderState[],
): Promise<OrderDocument[]> {
  const addresses = await findAddresses(
    deps.shipping,
    states.map(({ order }) => order.addressId),
  )
  return states.map((state) => orderDocument(state, addresses.get(state.order.addressId)))
}

export async function documentOf(deps: Pick<Deps, 'shipping'>, state: OrderState): Promise<OrderDocument> {
  const addresses = await findAddresses(deps.shipping, [state.order.addressId])
  return orderDocument(state, addresses.get(state.order.addressId))
}
