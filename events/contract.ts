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

/** More values may come: a reader has to pass over those it does not know, ours included. */
const open = (...values: readonly string[]) =>
  z
    .string()
    .min(1)
    .max(32)
    .meta({ examples: [...values], description: 'Open: other values may come' })

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
  status: z.enum(orderStatuses).describe('Of the order, after this event'),
  actor: z
    .object({ kind: open('customer', 'support', 'admin', 'program', 'participant', 'system'), id: z.string() })
    .describe('Who caused it'),
  step: z.string().optional().describe('The step it is about'),
  action: action.optional().describe('What was asked of the step'),
  round: z.int().optional().describe('Of the ask: a new round is a new ask'),
  attempt: z.int().optional().describe('How often it was asked'),
  outcome: z.enum(['completed', 'rejected', 'undoRefused', 'timedOut', 'stuck']).optional().describe('What came of it'),
  reason: reason.optional().describe('Why; the message is for people'),
  payment: details.optional().describe('To be merged into what is known of the payment'),
  shipment: details.optional().describe('To be merged into what is known of the shipment'),
  retryUntil: time.optional().describe('In a refusal that is not the end: another payment method may come until then'),
  failure: z
    .object({ step: z.string(), code: z.string(), message: z.string() })
    .optional()
    .describe('Why the order fails; in the first event that says so, and in the last'),
  needsAttention: z.boolean().optional().describe('Present whenever it may have changed'),
  note: z.string().optional().describe('Words of staff; not for customers'),
  resolution: z.enum(['retry', 'doneByHand', 'answered']).optional().describe('How the trouble ended'),
  resolutionNumber: z.int().positive().optional().describe('Names a resolution that another admin has to approve'),
  deadlineAt: time.optional().describe('The new deadline'),
  return: returnSchema.optional().describe('The return as it is after this event'),
  asks: z.array(ask).optional().describe('What is asked of participants'),
  order: orderSchema.optional().describe('The whole order; with every ask'),
  plan: plan.optional().describe('The steps and deadlines that this order keeps'),
  fingerprint: z.string().optional().describe('Of the request that placed the order'),
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

/** Beside the original headers of a dead letter: where it came from, why it is here and how often it was tried. */
export const deadLetterHeadersSchema = z.object({
  dlt_group: z.string(),
  dlt_topic: z.string(),
  dlt_partition: z.string(),
  dlt_offset: z.string(),
  dlt_attempts: z.string(),
  dlt_error: z.string(),
  dlt_failed_at: time,
})
