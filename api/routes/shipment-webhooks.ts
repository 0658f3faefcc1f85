import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { carrierNames } from '../../workers/shipping/carrier.ts'
import { warnOfTrouble } from '../../workers/shipping/movements.ts'
import { type ListedWebhook, listWebhooks } from '../../workers/shipping/webhooks/list.ts'
import { receiveWebhook } from '../../workers/shipping/webhooks/receive.ts'
import { admin, anyone } from '../access.ts'
import { decodeCursor, encodeCursor, isName, isTime, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, time } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'
import { carrierWebhooks, isCarrier, readEvent } from '../shipment-webhooks.ts'

const receive = createRoute({
  method: 'post',
  path: '/v1/webhooks/shipments/{carrier}',
  summary: 'A carrier tells of a parcel',
  description:
    'No token: the body is signed. `simulator`: `Webhook-Signature: t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, ' +
    'not older than 300 s. `easypost`: `X-Hmac-Signature`. Sent again, it changes nothing.',
  tags: ['Webhooks'],
  ...anyone,
  request: {
    params: z.object({ carrier: z.string().openapi({ example: 'simulator', enum: [...carrierNames] }) }),
    // described only: nothing is parsed before its signature is checked
    body: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            example: {
              id: 'evt_1',
              type: 'parcel.delivered',
              occurredAt: '2026-01-31T09:30:00Z',
              data: { trackingNumber: 'SIM0A1B2C3D4E5F', location: 'Berlin', description: 'Left with a neighbour' },
            },
          },
        },
      },
    },
  },
  responses: {
    202: json(
      z.object({ result: z.enum(['applied', 'known', 'parked', 'ignored']) }),
      'Stored. `parked`: its shipment is not known (yet); `ignored`: not about a parcel',
    ),
    ...problems('invalid_signature', 'not_found', 'body_too_large', 'validation_failed'),
  },
})

const listed = z
  .object({
    carrier: z.string(),
    id: z.string(),
    type: z.string(),
    trackingNumber: z.string(),
    state: z.enum(['parked', 'applied']),
    status: z.string().openapi({ description: 'Where it says that the parcel is' }),
    receivedAt: time,
  })
  .openapi('ShipmentWebhook')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/webhooks/shipments',
  summary: 'What carriers have told, newest first',
  description: 'Parked are those whose shipment is not known. They are applied by themselves once it is, for a day.',
  tags: ['Operators'],
  ...admin,
  request: {
    query: z.strictObject({
      state: z.enum(['parked', 'applied']).default('parked'),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(listed).readonly(), nextCursor }), 'A page of webhooks'),
    ...problems(...locked, 'validation_failed'),
  },
})

export function shipmentWebhookRoutes({ shipping, webhookSecrets, log }: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(receive, async (c) => {
      const { carrier } = c.req.valid('param')
      if (!isCarrier(carrier)) throw notFound('carrier')
      const { header, isSigned } = carrierWebhooks[carrier]
      const text = await c.req.text()
      if (!isSigned(webhookSecrets[carrier], text, c.req.header(header))) {
        throw new ProblemError('invalid_signature', `The header ${header} is no good signature of this body.`)
      }
      const event = readEvent(carrier, text)
      if (event === undefined) return c.json({ result: 'ignored' as const }, 202)
      const received = await receiveWebhook(shipping, event)
      if (received.result === 'applied') warnOfTrouble(log, received.shipment, event.news.status, received)
      return c.json({ result: received.result }, 202)
    })
    .openapi(list, async (c) => {
      const { state, limit = 20, cursor } = c.req.valid('query')
      const [at = '', carrier = '', id = ''] =
        cursor === undefined ? [] : decodeCursor(cursor, [isTime, isName, isName])
      const after = cursor === undefined ? undefined : { receivedAt: new Date(at), carrier, id }
      const found = await listWebhooks(shipping, state, limit + 1, after)
      const { rows, ...page } = pageOf(found, limit, cursorAfter)
      return c.json({ items: rows.map(document), ...page }, 200)
    })
}

const cursorAfter = ({ receivedAt, carrier, id }: ListedWebhook) => encodeCursor(receivedAt.toISOString(), carrier, id)

const document = ({ receivedAt, ...rest }: ListedWebhook) => ({ ...rest, receivedAt: receivedAt.toISOString() })
