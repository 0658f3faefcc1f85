import { z } from 'zod'
import { orderStatuses } from '../domain/order.ts'
import { returnStatuses } from '../domain/returns/view.ts'
import { actions, sagaEventTypes } from '../domain/saga/event.ts'
import type { StepDefinition } from '../domain/saga/plan.ts'

/** The types that a saga of these steps can emit: the saga's own and those its steps define. */
export function eventTypes(steps: readonly StepDefinition[]): readonly string[] {
  const ofSteps = steps.flatMap(({ completed, rejected, compensated, settlement }) => [
    completed,
    rejected,
    ...(compensated ? [compensated] : []),
    ...(settlement ? [settlement.completed] : []),
    ...(settlement?.rejected ? [settlement.rejected] : []),
  ])
  return [...new Set([...sagaEventTypes, ...ofSteps])]
}

const time = z.iso.datetime()
const moneySchema = z.object({ amountMinor: z.int(), currency: z.string().length(3) })

export const orderSchema = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  lines: z
    .array(
      z.object({
        sku: z.string(),
        name: z.string(),
        quantity: z.int().positive(),
        unitPrice: moneySchema,
        lineTotal: moneySchema,
        allowBackorder: z.boolean().optional(),
      }),
    )
    .min(1),
  total: moneySchema,
  paymentMethod: z.string(),
  addressId: z.uuid(),
  destination: z.object({ country: z.string().length(2), postalCode: z.string() }),
  placedAt: time,
})

const action = z.enum(actions)
const reason = z.object({ code: z.string(), message: z.string() })
const details = z.record(z.string(), z.unknown())

const goods = z.array(z.object({ sku: z.string(), quantity: z.int().positive() }))

const ask = z.object({
  step: z.string(),
  participant: z.string(),
  action,
  round: z.int().positive(),
  attempt: z.int().positive(),
  notBefore: time.optional(),
  deadlineAt: time,
  byHand: z.boolean().optional(),
  lines: goods.optional(),
  amount: moneySchema.optional(),
})

const settlement = z.object({
  action: z.enum(['commit', 'capture']),
  completed: z.string(),
  rejected: z.string().optional(),
})
const step = z.object({
  name: z.string(),
  participant: z.string(),
  completed: z.string(),
  rejected: z.string(),
  compensated: z.string().optional(),
  settlement: settlement.optional(),
  deadlineMs: z.number().positive(),
  backorderDeadlineMs: z.number().positive().optional(),
  graceMs: z.number().positive().optional(),
  onlyAboveMinor: z.number().optional(),
  needsSecondAdmin: z.boolean().optional(),
})
const plan = z.object({
  stages: z.array(z.array(step)),
  retry: z.object({ firstMs: z.number().positive(), attempts: z.int().positive() }),
  dispatchMs: z.number().positive().optional(),
})

export const returnSchema = z.object({
  number: z.int().positive(),
  status: z.enum(returnStatuses),
  lines: goods,
  amount: moneySchema,
  reason: z.string(),
  requestedAt: time,
  restocked: z.boolean(),
  refunded: z.boolean(),
  needsAttention: z.boolean(),
})

/** The payload of every order event. Readers ignore what they don't know: fields may be added, never taken away. */
export const orderEventDataSchema = z.object({
  status: z.enum(orderStatuses),
  actor: z.object({
    kind: z.enum(['customer', 'support', 'admin', 'program', 'participant', 'system']),
    id: z.string(),
  }),
  step: z.string().optional(),
  action: action.optional(),
  round: z.int().optional(),
  attempt: z.int().optional(),
  outcome: z.enum(['completed', 'rejected', 'undoRefused', 'timedOut', 'stuck']).optional(),
  reason: reason.optional(),
  payment: details.optional(),
  shipment: details.optional(),
  retryUntil: time.optional(),
  failure: z.object({ step: z.string(), code: z.string(), message: z.string() }).optional(),
  needsAttention: z.boolean().optional(),
  note: z.string().optional(),
  resolution: z.enum(['retry', 'doneByHand', 'answered']).optional(),
  resolutionNumber: z.int().positive().optional(),
  deadlineAt: time.optional(),
  return: returnSchema.optional(),
  asks: z.array(ask).optional(),
  order: orderSchema.optional(),
  plan: plan.optional(),
  fingerprint: z.string().optional(),
})

/** The CloudEvents 1.0 attributes, as Kafka headers in binary mode. */
export const headersSchema = z.object({
  ce_specversion: z.literal('1.0'),
  ce_id: z.string().max(64),
  ce_type: z.string().regex(/^(order|return)\.[a-z_]+$/),
  ce_source: z.literal('/orders'),
  /** The order's id, or `returns:<order id>`. */
  ce_subject: z.string().regex(/^(returns:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  ce_time: time,
  ce_sequence: z.coerce.number().int().positive(),
  ce_dataschema: z.string(),
  ce_awaits: z.string().optional(),
  traceparent: z.string().optional(),
  'content-type': z.literal('application/json'),
})
