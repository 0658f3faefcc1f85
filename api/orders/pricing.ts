import { sku } from '../../domain/ids.ts'
import { type Money, times } from '../../domain/money.ts'
import type { OrderLine } from '../../domain/order.ts'
import type { Offer } from '../../workers/stock/catalogue.ts'
import type { Violation } from '../violations.ts'

type Wanted = { readonly sku: string; readonly quantity: number; readonly allowBackorder?: boolean | undefined }

export type Priced =
  | { readonly kind: 'priced'; readonly lines: readonly OrderLine[]; readonly total: Money }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }

/** Each line at the shop's price, and their sum; or everything that stands against it. */
export function priceLines(wanted: readonly Wanted[], offers: ReadonlyMap<string, Offer>): Priced {
  const lines = wanted.flatMap((line) => {
    const offer = offers.get(line.sku)
    return offer ? [asOrderLine(line, offer)] : []
  })
  const currency = lines[0]?.unitPrice.currency ?? ''
  const violations = [
    ...skuViolations(
      wanted.map(({ sku: wantedSku }) => wantedSku),
      offers,
    ),
    ...wanted.flatMap((line, index) => {
      const other = offers.get(line.sku)?.price.currency ?? currency
      return other === currency
        ? []
        : [about(index, 'mixed_currency', `Is sold in ${other}, the order is in ${currency}`)]
    }),
  ]
  const amountMinor = lines.reduce((sum, line) => sum + line.lineTotal.amountMinor, 0)
  if (!Number.isSafeInteger(amountMinor)) {
    violations.push({ pointer: '/lines', code: 'total_too_high', message: 'The total is more than can be charged' })
  }
  return violations.length > 0
    ? { kind: 'refused', violations }
    : { kind: 'priced', lines, total: { amountMinor, currency } }
}

/** SKUs that are not sold, and those that stand there twice. Undefined is one that is no SKU at all. */
export function skuViolations(
  skus: readonly (string | undefined)[],
  offers: ReadonlyMap<string, unknown>,
): readonly Violation[] {
  return skus.flatMap((one, index) => {
    if (one === undefined) return []
    if (skus.indexOf(one) < index) return [about(index, 'repeated_sku', `${one} stands there twice`)]
    return offers.has(one) ? [] : [about(index, 'unknown_sku', `${one} is not sold here`)]
  })
}

const about = (index: number, code: string, message: string): Violation => ({
  pointer: `/lines/${index}/sku`,
  code,
  message,
})

const asOrderLine = ({ quantity, sku: wanted, allowBackorder }: Wanted, { name, price }: Offer): OrderLine => ({
  sku: sku(wanted),
  name,
  quantity,
  unitPrice: price,
  lineTotal: times(price, quantity),
  ...(allowBackorder === true && { allowBackorder }),
})
