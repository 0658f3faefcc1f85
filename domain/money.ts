/** Whole minor units (cents for EUR, yen for JPY), at most 2^53-1 in sum, and an ISO 4217 code. */
export type Money = { readonly amountMinor: number; readonly currency: string }

export const money = (amountMinor: number, currency: string): Money => ({ amountMinor, currency })

export const times = (price: Money, quantity: number): Money => money(price.amountMinor * quantity, price.currency)

/**
 * The sum of a non-empty list of one currency.
 * @throws RangeError on mixed currencies or a sum that a number can't hold exactly: both are checked where an order is parsed.
 */
export function sum(amounts: readonly [Money, ...Money[]]): Money {
  const currency = amounts[0].currency
  const amountMinor = amounts.reduce((total, amount) => total + amount.amountMinor, 0)
  if (amounts.some((amount) => amount.currency !== currency)) throw new RangeError('a sum needs one currency')
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError('the sum exceeds 2^53-1 minor units')
  return money(amountMinor, currency)
}

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const minorUnits = new Map(Object.entries({ JPY: 0, KRW: 0, ISK: 0, BHD: 3, KWD: 3, JOD: 3, TND: 3 }))

export const minorUnitsOf = (currency: string): number => minorUnits.get(currency) ?? 2

/** `EUR 59.90`, for people who read summaries; never parsed. */
export function formatMoney({ amountMinor, currency }: Money): string {
  const digits = minorUnitsOf(currency)
  return `${currency} ${(amountMinor / 10 ** digits).toFixed(digits)}`
}
