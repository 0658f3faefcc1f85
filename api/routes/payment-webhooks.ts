import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { readWebhook, UnreadableWebhook, webhookProviders } from '../../workers/payment/webhooks/event.ts'
import { type ListedWebhook, listWebhooks } from '../../workers/payment/webhooks/list.ts'
import { receiveWebhook } from '../../workers/payment/webhooks/receive.ts'
import { signatures } from '../../workers/payment/webhooks/signatures.ts'
import { admin, anyone } from '../access.ts'
import { decodeCursor, encodeCursor, isName, isTime, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, time } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'

const example = {
  id: 'evt_sim_1',
  type: 'payment.authorized',
  created: 1767225600,
  data: {
    key: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1:payment:perform:1',
    reference: 'pi_sim_1',
    orderId: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1',
  },
}

const receive = createRoute({
  method: 'post',
  path: '/v1/webhooks/payments/{provider}',
  summary: 'A payment provider has news',
  description:
    'No token: the body is signed, not longer ago than 300 s. `simulator`: `Webhook-Signature`, `stripe`: ' +
    '`Stripe-Signature`, both `t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`. It is stored and makes us ask the ' +
    'provider at once; nothing is decided by it, so sent again, late or in another order it changes nothing.',
  tags: ['Webhooks'],
  ...anyone,
  request: {
    params: z.object({ provider: z.string().openapi({ example: 'simulator', enum: [...webhookProviders] }) }),
    // described only: nothing is parsed before its signature is checked
    body: { required: true, content: { 'application/json': { schema: { type: 'object', example } } } },
  },
  responses: {
    202: json(
      z.object({ result: z.enum(['taken', 'known', 'parked']) }),
      '`known`: it came before; `parked`: stored, but about no payment of ours',
    ),
    ...problems('malformed_request', 'invalid_signature', 'not_found', 'body_too_large'),
  },
})

const states = ['parked', 'taken'] as const

const listed = z
  .object({
    provider: z.string(),
    id: z.string(),
    type: z.string(),
    state: z.enum(states),
    orderId: z.string().nullable(),
    receivedAt: time,
  })
  .openapi('PaymentWebhook')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/webhooks/payments',
  summary: 'What payment providers have told, newest first',
  description: 'Parked are those about no payment of ours.',
  tags: ['Operators'],
  ...admin,
  request: {
    query: z.strictObject({ state: z.enum(states).default('parked'), limit: limitField, cursor: cursorField }),
  },
  responses: {
    200: json(z.object({ items: z.array(listed).readonly(), nextCursor }), 'A page of webhooks'),
    ...problems(...locked, 'validation_failed'),
  },
})

export function paymentWebhookRoutes({ payment, webhookSecrets }: Pick<Deps, 'payment' | 'webhookSecrets'>) {
  return new OpenAPIHono<Env>()
    .openapi(receive, async (c) => {
      const named = c.req.valid('param').provider
      const provider = webhookProviders.find((one) => one === named)
      if (provider === undefined) throw notFound('payment provider')
      const { header, isSigned } = signatures[provider]
      const text = await c.req.text()
      if (!(await isSigned(webhookSecrets[provider], text, c.req.header(header)))) {
        throw new ProblemError('invalid_signature', `The header ${header} is no good signature of this body.`)
      }
      return c.json({ result: await receiveWebhook(payment, readOrRefuse(provider, text)) }, 202)
    })
    .openapi(list, async (c) => {
      const { state, limit = 20, cursor } = c.req.valid('query')
      const [at = '', provider = '', id = ''] =
        cursor === undefined ? [] : decodeCursor(cursor, [isTime, isName, isName])
      const after = cursor === undefined ? undefined : { receivedAt: new Date(at), provider, id }
      const { rows, ...page } = pageOf(await listWebhooks(payment, state, limit + 1, after), limit, cursorAfter)
      return c.json({ items: rows.map(document), ...page }, 200)
    })
}

function readOrRefuse(provider: (typeof webhookProviders)[number], text: string) {
  try {
    return readWebhook(provider, text)
  } catch (error) {
    if (error instanceof UnreadableWebhook) throw new ProblemError('malformed_request', `Signed, but ${error.message}.`)
    throw error
  }
}

const cursorAfter = ({ receivedAt, provider, id }: ListedWebhook) =>
  encodeCursor(receivedAt.toISOString(), provider, id)

const document = ({ receivedAt, ...rest }: ListedWebhook) => ({ ...rest, receivedAt: receivedAt.toISOString() })
