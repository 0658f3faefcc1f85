import { describe, expect, it } from 'vitest'
import { bucketOf } from '../../workers/projection/figures/histogram.ts'
import type { FigureOfPart } from '../../workers/projection/figures/read.ts'
import { figuresDocument } from './document.ts'

const span = {
  from: new Date('2030-01-01T10:00:00Z'),
  to: new Date('2030-01-01T10:10:00Z'),
  minutesPerPoint: 5,
  points: 2,
}
type Given = readonly [part: number, series: FigureOfPart['series'], name: string, sum: number, highest?: number]

function documentOf(...given: readonly Given[]) {
  const rows = given.map(([part, series, name, sum, highest = sum]) => ({ part, series, name, sum, highest }))
  return figuresDocument(span, rows)
}

function seriesOf(figure: string, ...given: readonly Given[]) {
  const found = documentOf(...given).series.filter((one) => one.figure === figure)
  return Object.fromEntries(found.map(({ name, values, whole }) => [name, [...values, whole]]))
}

describe('the figures of some hours', () => {
  it('say when each part begins', () => {
    expect(documentOf().points).toEqual(['2030-01-01T10:00:00.000Z', '2030-01-01T10:05:00.000Z'])
  })

  it('have every order placed, whatever it is now', () => {
    const given: Given[] = [
      [0, 'status', 'delivered', 3],
      [0, 'status', 'rejected', 1],
      [1, 'status', 'processing', 2],
    ]
    expect(seriesOf('placed', ...given)).toEqual({ placed: [4, 2, 6] })
    expect(seriesOf('outcomes', ...given)).toEqual({ processing: [0, 2, 2], delivered: [3, 0, 3], rejected: [1, 0, 1] })
  })

  it('have a funnel: from what the events tell until confirmed, from what the orders are after that', () => {
    const given: Given[] = [
      [0, 'status', 'delivered', 3],
      [0, 'status', 'dispatched', 1],
      [0, 'status', 'rejected', 2],
      [0, 'reached', 'order.stock_reserved', 6],
      [0, 'reached', 'order.payment_authorized', 5],
      [0, 'reached', 'order.shipment_booked', 4],
      [0, 'reached', 'order.confirmed', 4],
    ]
    const funnel = seriesOf('funnel', ...given)
    expect(Object.keys(funnel)).toEqual([
      'placed',
      'stock',
      'payment',
      'shipping',
      'confirmed',
      'dispatched',
      'delivered',
    ])
    expect(Object.values(funnel).map(([first]) => first)).toEqual([6, 6, 5, 4, 4, 4, 3])
  })

  it('have a step in the funnel that only some orders need, where some took it', () => {
    expect(seriesOf('funnel', [1, 'reached', 'order.approved', 2])).toHaveProperty('approval', [0, 2, 2])
  })

  it('have the reasons for compensations, the commonest first', () => {
    const given: Given[] = [
      [0, 'undone', 'cancelled', 1],
      [1, 'undone', 'payment:card_declined', 4],
    ]
    expect(Object.entries(seriesOf('compensations', ...given))).toEqual([
      ['payment:card_declined', [0, 4, 4]],
      ['cancelled', [1, 0, 1]],
    ])
  })

  it('have quantiles of each part and of the whole, and none where nothing was confirmed', () => {
    const after = seriesOf(
      'confirmedAfter',
      [0, 'confirmed', `${bucketOf(1000)}`, 99],
      [0, 'confirmed', `${bucketOf(60_000)}`, 2],
    )
    const [p50, none, whole] = after['p50'] ?? []
    expect(p50).toBeGreaterThan(900)
    expect(p50).toBeLessThan(1100)
    expect([none, whole]).toEqual([null, p50])
    expect(after['p99']?.[0]).toBeGreaterThan(50_000)
  })

  it('have the highest lag of each part, and no lag where nobody knows', () => {
    expect(seriesOf('lag', [1, 'lag', 'stock', 30, 20])).toEqual({ stock: [null, 20, 20] })
    expect(seriesOf('deadLetters', [0, 'letters', 'payment', 4, 1])).toEqual({ payment: [1, null, 1] })
  })
})
