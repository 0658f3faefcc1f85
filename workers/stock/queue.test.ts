import { describe, expect, it } from 'vitest'
import type { Level } from './level.ts'
import { serve, type Waiting } from './queue.ts'

const level = (available: number, backordered: number): Level => ({
  available,
  reserved: 0,
  backordered,
  version: 1,
  lastPlace: 9,
  lowStockThreshold: 0,
})
const waits = (orderId: string, place: number, lines: Readonly<Record<string, number>>): Waiting => ({
  orderId,
  step: 'stock',
  round: 1,
  place,
  lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
})

function served(available: Readonly<Record<string, number>>, ...orders: readonly Waiting[]) {
  const skus = Object.keys(available)
  const queue = (sku: string) =>
    orders
      .flatMap(({ place, lines }) => lines.flatMap((line) => (line.sku === sku ? [{ place, ...line }] : [])))
      .toSorted((a, b) => a.place - b.place)
  const wanted = (sku: string) => queue(sku).reduce((sum, { quantity }) => sum + quantity, 0)
  const levels = new Map(skus.map((sku) => [sku, level(available[sku] ?? 0, wanted(sku))]))
  const result = serve(levels, new Map(skus.map((sku) => [sku, queue(sku)])), orders)
  return {
    ids: result.orders.map(({ orderId }) => orderId),
    left: Object.fromEntries(
      [...result.levels].map(([sku, { available: rest, backordered }]) => [sku, [rest, backordered]]),
    ),
    causes: result.entries.map(({ cause }) => cause),
  }
}

describe('goods that come in', () => {
  it('go to those who came first, as far as they reach', () => {
    const { ids, left, causes } = served(
      { POT: 5 },
      waits('b', 2, { POT: 2 }),
      waits('a', 1, { POT: 3 }),
      waits('c', 3, { POT: 1 }),
    )
    expect(ids).toEqual(['a', 'b'])
    expect(left).toEqual({ POT: [0, 1] })
    expect(causes).toEqual(['a:stock:perform:1', 'b:stock:perform:1'])
  })

  it('do not go past one who needs more than there is', () => {
    expect(served({ POT: 2 }, waits('a', 1, { POT: 3 }), waits('b', 2, { POT: 1 })).ids).toEqual([])
  })

  it('are kept for one whom another product holds up; only what is beyond its share goes on', () => {
    const held = waits('a', 1, { POT: 2, CUP: 1 })
    expect(served({ POT: 2, CUP: 0 }, held, waits('b', 2, { POT: 1 })).ids).toEqual([])
    const { ids, left } = served({ POT: 3, CUP: 0 }, held, waits('b', 2, { POT: 1 }))
    expect(ids).toEqual(['b'])
    expect(left).toEqual({ POT: [2, 2], CUP: [0, 1] })
  })

  it('go to an order for all its lines or for none', () => {
    expect(served({ POT: 2, CUP: 1 }, waits('a', 1, { POT: 2, CUP: 1 })).left).toEqual({ POT: [0, 0], CUP: [0, 0] })
    expect(served({ POT: 2, CUP: 1 }, waits('a', 1, { POT: 2, CUP: 2 })).left).toEqual({ POT: [2, 2], CUP: [1, 2] })
  })
})
