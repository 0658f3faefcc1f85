import { z } from 'zod'
import { dataschemaOf, type EventMessage, header, type RawMessage, UnreadableMessage } from './envelope.ts'

/** What is told of a SKU after a change. Readers ignore what they don't know: fields may be added, never taken away. */
export const stockLevelSchema = z.object({
  sku: z.string(),
  /** 1, 2, 3 ... per SKU. Some are never told, as a burst is told by its last; a lower one after a higher is old news. */
  version: z.int().positive(),
  available: z.int().nonnegative(),
  reserved: z.int().nonnegative(),
  /** available + reserved */
  onHand: z.int().nonnegative(),
  cause: z.string(),
  occurredAt: z.iso.datetime(),
})

/** Available fell under the product's threshold; told once each time. */
export const stockLowSchema = stockLevelSchema.extend({ threshold: z.int().positive() })

export const stockHeadersSchema = z.object({
  ce_specversion: z.literal('1.0'),
  ce_id: z.string(),
  ce_type: z.enum(['stock.level_changed', 'stock.low']),
  ce_source: z.literal('/stock'),
  ce_subject: z.string(),
  ce_time: z.iso.datetime(),
  ce_sequence: z.coerce.number().int().positive(),
  ce_dataschema: z.string(),
  'content-type': z.literal('application/json'),
})

export type StockLevelData = z.infer<typeof stockLevelSchema>
export type StockLowData = z.infer<typeof stockLowSchema>
export type StockEvent =
  | { readonly type: 'stock.level_changed'; readonly data: StockLevelData }
  | { readonly type: 'stock.low'; readonly data: StockLowData }

/** CloudEvents 1.0 in Kafka's binary mode. The same id is always the same bytes: both come from one ledger entry. */
export function toStockMessage({ type, data }: StockEvent): EventMessage {
  return {
    key: data.sku,
    value: JSON.stringify(data),
    headers: {
      ce_specversion: '1.0',
      ce_id: `${data.sku}:${data.version}:${type}`,
      ce_type: type,
      ce_source: '/stock',
      ce_subject: data.sku,
      ce_time: data.occurredAt,
      ce_sequence: String(data.version),
      ce_dataschema: dataschemaOf(type),
      'content-type': 'application/json',
    },
  }
}

/** Reads a message of the `stock-levels` topic. @throws {UnreadableMessage} */
export function fromStockMessage(message: Pick<RawMessage, 'headers' | 'value'>): StockEvent {
  const names = Object.keys(message.headers)
  const headers = stockHeadersSchema.safeParse(Object.fromEntries(names.map((name) => [name, header(message, name)])))
  if (!headers.success) throw new UnreadableMessage('the headers are not those of a stock level')
  const type = headers.data.ce_type
  try {
    const json: unknown = JSON.parse(message.value?.toString() ?? '')
    return type === 'stock.low'
      ? { type, data: stockLowSchema.parse(json) }
      : { type, data: stockLevelSchema.parse(json) }
  } catch (error) {
    throw new UnreadableMessage('the value is not a stock level', { cause: error })
  }
}
