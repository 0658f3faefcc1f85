import { describe, expect, it } from 'vitest'
import { fromStockMessage, type StockEvent, toStockMessage } from './stock-levels.ts'

const data = {
  sku: 'MUG',
  version: 7,
  available: 3,
  reserved: 2,
  onHand: 5,
  cause: 'adjustment:1',
  occurredAt: '2030-01-01T10:00:00.000Z',
}
const changed: StockEvent = { type: 'stock.level_changed', data }
const low: StockEvent = { type: 'stock.low', data: { ...data, threshold: 4 } }
const raw = (event: StockEvent) => {
  const { value, headers } = toStockMessage(event)
  return { value: Buffer.from(value), headers }
}

describe('a stock level on its topic', () => {
  it.each([changed, low])('is read as it was written: $type', (event) => {
    expect(fromStockMessage(raw(event))).toEqual(event)
  })

  it('is keyed by its SKU and told apart by version and type', () => {
    expect(toStockMessage(changed)).toMatchObject({ key: 'MUG', headers: { ce_subject: 'MUG', ce_sequence: '7' } })
    expect(toStockMessage(changed).headers['ce_id']).not.toBe(toStockMessage(low).headers['ce_id'])
  })

  it('may have fields that a reader does not know, and lacks none', () => {
    const more = { ...raw(changed), value: Buffer.from(JSON.stringify({ ...data, warehouse: 'north' })) }
    expect(fromStockMessage(more)).toEqual(changed)
    const less = { ...raw(changed), value: Buffer.from(JSON.stringify({ ...data, available: undefined })) }
    expect(() => fromStockMessage(less)).toThrow('not a stock level')
  })
})
