import type { Money, Order, Return } from '../http/contract.ts'

type Bought = Pick<Order, 'lines' | 'total'>
type Goods = Return['lines'][number]

/** What was declined does not count. For people to see; what is possible is decided by the API. */
const counting = (returns: readonly Return[]): readonly Return[] =>
  returns.filter(({ status }) => status !== 'declined')

const count = (lines: readonly Goods[], sku: string): number =>
  lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0)

/** How many of this product may still be sent back. */
export const leftOf = (order: Bought, returns: readonly Return[], sku: string): number =>
  counting(returns).reduce((left, { lines }) => left - count(lines, sku), count(order.lines, sku))

/** How much may still be paid back. */
export const refundableOf = ({ total }: Bought, returns: readonly Return[]): Money => ({
  ...total,
  amountMinor: counting(returns).reduce((left, { amount }) => left - amount.amountMinor, total.amountMinor),
})

/** What these goods were bought for. */
export const worthOf = (order: Bought, goods: readonly Goods[]): Money => ({
  ...order.total,
  amountMinor: order.lines.reduce((sum, { sku, unitPrice }) => sum + unitPrice.amountMinor * count(goods, sku), 0),
})
