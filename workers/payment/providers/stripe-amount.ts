import { type Money, minorUnitsOf } from '../../../domain/money.ts'

/**
 * Decimals in which Stripe counts a currency, where they are not two (https://docs.stripe.com/currencies). ISK and UGX
 * have none in life, but Stripe takes them with two, which have to be 00.
 */
const stripeDecimals: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ').map((currency) => [currency, 0]),
  ),
  ...Object.fromEntries('BHD JOD KWD OMR TND'.split(' ').map((currency) => [currency, 3])),
}
const wholeOnly: ReadonlySet<string> = new Set(['ISK', 'UGX'])

/** The amount as Stripe counts it; undefined where Stripe has no such coin: a fraction, or thousandths not by tens. */
export function stripeAmount({ amountMinor, currency }: Money): number | undefined {
  const decimals = stripeDecimals[currency] ?? 2
  const amount = shift(amountMinor, decimals - minorUnitsOf(currency))
  if (amount === undefined || !Number.isSafeInteger(amount)) return undefined
  const step = wholeOnly.has(currency) ? 100 : decimals === 3 ? 10 : 1
  return amount % step === 0 ? amount : undefined
}

function shift(amount: number, digits: number): number | undefined {
  if (digits >= 0) return amount * 10 ** digits
  const divisor = 10 ** -digits
  return amount % divisor === 0 ? amount / divisor : undefined
}
