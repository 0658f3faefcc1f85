import { findIdsByCustomerPrefix, findIdsByPrefix, type Visible } from '../../workers/projection/queries.ts'
import { findOrdersByName } from '../../workers/shipping/addresses.ts'
import type { Deps } from '../deps.ts'

/** Of each kind of match; a page is sorted out of them. */
const most = 100

/**
 * Ids of orders that a text may mean: the beginning of the order's id, or for staff of the customer's id or of the name
 * on the parcel. Names are in `shipping` alone, so this is read first and the page after it.
 */
export async function findBeginning(
  { orders, shipping }: Pick<Deps, 'orders' | 'shipping'>,
  visible: Visible,
  text: string,
): Promise<readonly string[]> {
  const prefix = text.toLowerCase()
  const isOfId = /^[0-9a-f-]{4,36}$/.test(prefix)
  const found = await Promise.all([
    isOfId ? findIdsByPrefix(orders, visible, prefix, most) : [],
    ...(visible === 'all'
      ? [isOfId ? findIdsByCustomerPrefix(orders, prefix, most) : [], findOrdersByName(shipping, text, most)]
      : []),
  ])
  return [...new Set(found.flat())]
}
