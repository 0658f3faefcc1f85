import { expect, it } from 'vitest'
import { priceLines } from './pricing.ts'

const offer = (sku: string, amountMinor: number, currency = 'EUR') =>
  [sku, { sku, name: `The ${sku}`, price: { amountMinor, currency } }] as const
const offers = new Map([offer('MUG', 1290), offer('TEE', 2490), offer('CAR', 1_000_000_000_000), offer('US', 1, 'USD')])

const refused = (...wanted: readonly (readonly [string, number])[]) => {
  const priced = priceLines(
    wanted.map(([sku, quantity]) => ({ sku, quantity })),
    offers,
  )
  return priced.kind === 'refused' ? priced.violations.map(({ pointer, code }) => `${pointer} ${code}`) : priced
}

it('takes names and prices from the catalogue and adds up', () => {
  const wanted = [
    { sku: 'MUG', quantity: 2 },
    { sku: 'TEE', quantity: 1 },
  ]
  expect(priceLines(wanted, offers)).toMatchObject({
    kind: 'priced',
    lines: [
      { sku: 'MUG', name: 'The MUG', quantity: 2, lineTotal: { amountMinor: 2580, currency: 'EUR' } },
      { sku: 'TEE', name: 'The TEE', quantity: 1, lineTotal: { amountMinor: 2490, currency: 'EUR' } },
    ],
    total: { amountMinor: 5070, currency: 'EUR' },
  })
})

it('tells everything at once: unknown, repeated and of another currency', () => {
  expect(refused(['MUG', 1], ['NOPE', 1], ['US', 1], ['MUG', 1], ['NOPE', 1])).toEqual([
    '/lines/1/sku unknown_sku',
    '/lines/3/sku repeated_sku',
    '/lines/4/sku repeated_sku',
    '/lines/2/sku mixed_currency',
  ])
})

it('refuses a total that a number can not hold exactly', () => {
  const many = Array.from({ length: 10 }, (_, index) => offer(`CAR-${index}`, 1_000_000_000_000))
  const priced = priceLines(
    many.map(([sku]) => ({ sku, quantity: 1000 })),
    new Map(many),
  )
  expect(priced).toMatchObject({ kind: 'refused', violations: [{ pointer: '/lines', code: 'total_too_high' }] })
  expect(priceLines([{ sku: 'CAR', quantity: 1000 }], offers).kind).toBe('priced')
})
