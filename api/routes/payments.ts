import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { accounts } from '../../workers/payment/ledger.ts'
import { readStatement } from '../../workers/payment/statement.ts'
import { support } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { moneySchema, time } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { findOrderState } from '../orders/find.ts'
import { notFound } from '../problem.ts'
import { orderParams } from './orders.ts'

const account = z.string().openapi({ enum: [...accounts] })
const statement = z
  .object({
    payments: z
      .array(
        z.object({
          step: z.string(),
          state: z.enum(['authorized', 'declined', 'captured', 'voided']),
          provider: z.string(),
          reference: z.string().nullable(),
          round: z.int(),
          amount: moneySchema,
          captured: moneySchema,
          refunded: moneySchema.openapi({ description: 'With what is promised to refunds under way' }),
          updatedAt: time,
        }),
      )
      .readonly(),
    refunds: z
      .array(
        z.object({
          step: z.string(),
          state: z.enum(['requested', 'done', 'refused']),
          round: z.int(),
          reference: z.string().nullable(),
          amount: moneySchema,
          updatedAt: time,
        }),
      )
      .readonly(),
    ledger: z.array(z.object({ movement: z.string(), account, amount: moneySchema, bookedAt: time })).readonly(),
    balances: z
      .array(z.object({ account, amount: moneySchema }))
      .readonly()
      .openapi({ description: 'Debit above 0; in sum 0' }),
  })
  .openapi('PaymentStatement')

const read = createRoute({
  method: 'get',
  path: '/v1/admin/orders/{id}/payments',
  summary: 'An order’s payments, refunds and ledger',
  tags: ['Operators'],
  ...support,
  request: { params: orderParams },
  responses: { 200: json(statement, 'The statement'), ...problems(...locked, 'not_found') },
})

export function paymentRoutes(deps: Pick<Deps, 'payment' | 'orders' | 'temporal'>) {
  return new OpenAPIHono<Env>().openapi(read, async (c) => {
    const { id } = c.req.valid('param')
    if ((await findOrderState(deps, 'all', id)) === undefined) throw notFound('order')
    return c.json(await readStatement(deps.payment, id), 200)
  })
}
