import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { ordersWriter } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { body, json, problems, locked } from '../openapi.ts'
import { paymentMethodField } from '../orders/body.ts'
import { requestPaymentMethod } from '../orders/change-payment-method.ts'
import { orderSchema } from '../orders/document.ts'
import { documentOf } from '../orders/find.ts'
import { notFound, ProblemError } from '../problem.ts'
import { orderParams } from './orders.ts'

const payment = z
  .strictObject({ paymentMethod: paymentMethodField })
  .openapi('PaymentMethod', { example: { paymentMethod: 'pm_card_visa' } })

const change = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/payment-method',
  summary: 'Pay with another payment method',
  description:
    'After a decline, where the shop grants a grace (`payment.retryUntil` on the order). What was reserved is held ' +
    'meanwhile; the payment is asked for again.',
  tags: ['Orders'],
  ...ordersWriter,
  request: { params: orderParams, ...body(payment) },
  responses: {
    202: json(orderSchema, 'Accepted'),
    ...problems(
      'malformed_request',
      ...locked,
      'not_found',
      'payment_method_not_awaited',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
    ),
  },
})

export function paymentMethodRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(change, async (c) => {
    const { paymentMethod } = c.req.valid('json')
    const changed = await requestPaymentMethod(deps, c.var.principal, c.req.valid('param').id, paymentMethod)
    if (changed.kind === 'unknown') throw notFound('order')
    if (changed.kind === 'refused') {
      throw new ProblemError('payment_method_not_awaited', 'Nothing was declined, or its time is over.')
    }
    return c.json(await documentOf(deps, changed.state), 202)
  })
}
