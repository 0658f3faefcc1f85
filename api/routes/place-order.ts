import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { skuPattern } from '../../domain/ids.ts'
import { findOffers } from '../../workers/stock/catalogue.ts'
import { buyer } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { body, json, problems, locked } from '../openapi.ts'
import { orderBody } from '../orders/body.ts'
import { idempotencyHeader } from '../idempotency-key.ts'
import { orderDocument, orderSchema } from '../orders/document.ts'
import { documentOf } from '../orders/find.ts'
import { placeOrder } from '../orders/place.ts'
import { skuViolations } from '../orders/pricing.ts'
import { readIdempotencyKey, readWait } from '../orders/request-headers.ts'
import { untilGone, waitUntilSettled } from '../orders/wait.ts'
import { invalid, ProblemError } from '../problem.ts'
import { type Violation, violationsOf } from '../violations.ts'

const headers = z.object({
  ...idempotencyHeader('The same request with the same key is the same order.'),
  prefer: z.string().optional().openapi({
    description: '`wait=N`: answer when the order is settled, or after N seconds (30 at most)',
    example: 'wait=10',
  }),
})

const place = createRoute({
  method: 'post',
  path: '/v1/orders',
  summary: 'Place an order',
  description:
    'Accepted as soon as its saga is started. Payment methods of the simulator: `pm_card_visa` succeeds, ' +
    '`pm_card_visa_chargeDeclined` is declined, `pm_sim_noAnswer` never answers.',
  tags: ['Orders'],
  ...buyer,
  request: { headers, ...body(orderBody) },
  responses: {
    201: json(orderSchema, 'Placed; see `Location`', 'Location', 'Preference-Applied'),
    200: json(
      orderSchema,
      'Placed before by the same request; see `Idempotency-Replayed`',
      'Idempotency-Replayed',
      'Preference-Applied',
    ),
    ...problems(
      'malformed_request',
      ...locked,
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
      'idempotency_key_reused',
      'overloaded',
    ),
  },
})

export function placeOrderRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(
    place,
    async (c) => {
      const { key, violations } = readIdempotencyKey(c.req.header('Idempotency-Key'))
      const given = c.req.valid('json')
      if (violations.length > 0) throw invalid([...violations, ...(await catalogueViolations(deps, given))])
      const { traceparent } = c.var.trace
      const customerId = c.var.principal.id
      const placed = await placeOrder(deps, { customerId, body: given, key, traceparent, deadlineAt: c.var.deadlineAt })
      if (placed.kind === 'refused') throw invalid(placed.violations)
      if (placed.kind === 'keyReused') {
        throw new ProblemError('idempotency_key_reused', 'Another order was placed with it. Take a new key.')
      }
      const state = await waited(c, deps, placed.state)
      if (placed.kind === 'replayed') {
        return c.json(await documentOf(deps, state), 200, { 'Idempotency-Replayed': 'true' })
      }
      return c.json(orderDocument(state, placed.address), 201, { Location: `/v1/orders/${state.order.id}` })
    },
    (result, c) => (result.success ? undefined : refuse(c, result.target, result.error)),
  )

  async function refuse(c: Context<Env>, target: string, error: z.ZodError): Promise<never> {
    const given = violationsOf(error.issues, target)
    if (target !== 'json') throw invalid(given)
    const { violations } = readIdempotencyKey(c.req.header('Idempotency-Key'))
    const sent = await c.req.text()
    const body: unknown = sent === '' ? undefined : JSON.parse(sent)
    throw invalid([...violations, ...given, ...(await catalogueViolations(deps, body))])
  }
}

async function waited(c: Context<Env>, deps: Deps, state: Parameters<typeof waitUntilSettled>[1]) {
  const seconds = readWait(c.req.header('Prefer'))
  if (seconds === undefined) return state
  c.header('Preference-Applied', `wait=${seconds}`)
  return waitUntilSettled(deps, state, seconds, untilGone(c, deps))
}

const mostLines = 50

/** What the catalogue has against a body that is refused anyway, so that everything is told at once. */
async function catalogueViolations({ stock }: Deps, given: unknown): Promise<readonly Violation[]> {
  const skus = skusOf(given)
  return skuViolations(
    skus,
    await findOffers(
      stock,
      skus.filter((sku) => sku !== undefined),
    ),
  )
}

function skusOf(given: unknown): readonly (string | undefined)[] {
  const lines: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, 'lines') : undefined
  if (!Array.isArray(lines)) return []
  return lines.slice(0, mostLines).map((line: unknown) => {
    const sku: unknown = typeof line === 'object' && line !== null ? Reflect.get(line, 'sku') : undefined
    return typeof sku === 'string' && skuPattern.test(sku) ? sku : undefined
  })
}
