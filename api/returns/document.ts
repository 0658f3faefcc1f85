import { z } from '@hono/zod-openapi'
import { returnStatuses } from '../../domain/returns/view.ts'
import { moneySchema, skuField, text, time } from '../fields.ts'

export const returnStatusSchema = z.enum(returnStatuses).openapi('ReturnStatus')

export const returnSchema = z
  .object({
    number: z.int().openapi({ description: '1, 2, 3 ... per order' }),
    status: returnStatusSchema,
    lines: z.array(z.object({ sku: z.string(), quantity: z.int() })).readonly(),
    amount: moneySchema,
    reason: z.string(),
    requestedAt: time,
    restocked: z.boolean(),
    refunded: z.boolean(),
    needsAttention: z.boolean(),
  })
  .openapi('Return')

export const newReturn = z
  .strictObject({
    lines: z
      .array(z.strictObject({ sku: skuField, quantity: z.int().min(1).max(1000) }))
      .min(1)
      .max(50)
      .superRefine((lines, context) => {
        for (const [index, { sku }] of lines.entries()) {
          if (lines.findIndex((line) => line.sku === sku) === index) continue
          const params = { code: 'repeated_sku' }
          context.addIssue({ code: 'custom', path: [index, 'sku'], message: `${sku} stands there twice`, params })
        }
      }),
    reason: text(500),
  })
  .openapi('NewReturn', { example: { lines: [{ sku: 'MUG-CLASSIC', quantity: 1 }], reason: 'The handle is broken' } })

export const newRefund = z
  .strictObject({
    amount: z.strictObject({ amountMinor: z.int().min(1), currency: z.string().length(3) }),
    reason: text(500),
  })
  .openapi('NewRefund', { example: { amount: { amountMinor: 500, currency: 'EUR' }, reason: 'Late delivery' } })

export const approval = z
  .strictObject({ approve: z.boolean(), note: text(500).optional() })
  .openapi('ReturnApproval', { example: { approve: true } })

export const receipt = z
  .strictObject({ note: text(500).optional() })
  .openapi('GoodsReceipt', { example: { note: 'Box opened, goods as new' } })

export const returnResolution = z
  .strictObject({ action: z.literal('retry'), note: text(500) })
  .openapi('ReturnResolution', { example: { action: 'retry', note: 'The provider is back' } })
