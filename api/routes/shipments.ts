import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { trackingStatuses } from '../../workers/shipping/carrier.ts'
import { findTracking } from '../../workers/shipping/tracking.ts'
import { ordersReader } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { time } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { findOrderState, visibleTo } from '../orders/find.ts'
import { notFound } from '../problem.ts'
import { orderParams } from './orders.ts'

const status = z.enum(trackingStatuses).openapi('TrackingStatus')

export const trackingSchema = z
  .object({
    carrier: z.string().openapi({ example: 'simulator' }),
    trackingNumber: z.string().openapi({ example: 'SIM0A1B2C3D4E5F' }),
    labelUrl: z.string().optional().openapi({ description: 'Where the carrier makes a label' }),
    status,
    events: z
      .array(
        z.object({ status, occurredAt: time, description: z.string().optional(), location: z.string().optional() }),
      )
      .readonly(),
  })
  .openapi('Tracking')

const tracking = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/tracking',
  summary: 'Where an order’s parcel is, and where it was',
  description: 'As the carrier tells it, oldest first. 404 as well as long as nothing is booked.',
  tags: ['Orders'],
  ...ordersReader,
  request: { params: orderParams },
  responses: { 200: json(trackingSchema, 'The parcel'), ...problems(...locked, 'not_found') },
})

export function shipmentRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(tracking, async (c) => {
    const state = await findOrderState(deps, visibleTo(c.var.principal), c.req.valid('param').id)
    if (state === undefined) throw notFound('order')
    const found = await findTracking(deps.shipping, state.order.id)
    if (found === undefined) throw notFound('parcel')
    return c.json(found, 200)
  })
}
