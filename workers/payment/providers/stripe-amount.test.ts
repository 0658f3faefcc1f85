import { expect, it } from 'vitest'
import { money } from '../../../domain/money.ts'
import { stripeAmount } from './stripe-amount.ts'

it.each([
  ['two decimals as they are', 1_099, 'EUR', 1_099],
  ['yen whole', 500, 'JPY', 500],
  ['Chilean pesos, which Stripe counts whole and we in hundredths', 50_000, 'CLP', 500],
  ['not a fraction of a peso', 50_050, 'CLP', undefined],
  ['Icelandic krónur with two decimals that are 00', 5, 'ISK', 500],
  ['Ugandan shillings whole, in hundredths', 500, 'UGX', 500],
  ['not a fraction of a shilling', 550, 'UGX', undefined],
  ['dinars in thousandths, by tens', 5_120, 'KWD', 5_120],
  ['not a single fils', 5_124, 'KWD', undefined],
])('Stripe is told %s', (_, amountMinor, currency, expected) => {
  expect(stripeAmount(money(amountMinor, currency))).toBe(expected)
})
