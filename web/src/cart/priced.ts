import type { Money, Product } from '../http/contract.ts'
import type { Cart } from './cart.ts'

/** A line with what the catalogue says of it now; without a product where it is no longer sold. */
export type PricedLine = {
  readonly sku: string
  readonly quantity: number
  readonly allowBackorder: boolean
  readonly product: Product | undefined
  readonly lineTotal: Money | undefined
}

export type PricedCart = { readonly lines: readonly PricedLine[]; readonly total: Money | undefined }

/** For people to see before they order; what they pay is decided by the API. */
export function priced(cart: Cart, products: readonly Product[]): PricedCart {
  const lines = cart.lines.map(({ sku, quantity, allowBackorder = false }) => {
    const product = products.find((each) => each.sku === sku)
    const lineTotal = product && { ...product.price, amountMinor: product.price.amountMinor * quantity }
    return { sku, quantity, allowBackorder, product, lineTotal }
  })
  const totals = lines.flatMap(({ lineTotal }) => lineTotal ?? [])
  const currency = totals[0]?.currency
  if (currency === undefined || totals.some((each) => each.currency !== currency)) return { lines, total: undefined }
  return { lines, total: { amountMinor: totals.reduce((sum, each) => sum + each.amountMinor, 0), currency } }
}
