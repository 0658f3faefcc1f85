import { expect, it } from 'vitest'
import { orderFor, scenarioNames, scenarios } from './scenarios.ts'

const product = (sku: string, available: number) => ({
  sku,
  name: sku,
  description: '',
  price: { amountMinor: 100, currency: 'EUR' },
  available,
})
const scenario = (name: (typeof scenarioNames)[number]) => {
  const found = scenarios.find((each) => each.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

it('has one scenario of each kind, and each begins with a placed order and ends as it says', () => {
  expect(scenarios.map(({ name }) => name)).toEqual(scenarioNames)
  for (const { events, end } of scenarios) expect([events[0], events.at(-1)]).toEqual(['order.placed', `order.${end}`])
})

it('orders what is there in plenty', () => {
  expect(orderFor(scenario('happy'), [product('A', 2), product('B', 9)], 'Kim')?.lines).toEqual([
    { sku: 'B', quantity: 1 },
  ])
})

it('asks for one more than there is of what is scarce, if an order may be that large', () => {
  const lines = orderFor(scenario('outOfStock'), [product('A', 5000), product('B', 3)], 'Kim')?.lines
  expect(lines).toEqual([{ sku: 'B', quantity: 4 }])
  expect(orderFor(scenario('outOfStock'), [product('A', 5000)], 'Kim')).toBeUndefined()
})
