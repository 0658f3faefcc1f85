import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { openStatuses } from '../../domain/order.ts'
import { erasePreferences } from '../../workers/notification/preferences.ts'
import { listOrders } from '../../workers/projection/queries.ts'
import { eraseAddresses } from '../../workers/shipping/addresses.ts'
import { eraseEndpoints } from '../../workers/webhook/endpoints.ts'
import { signedIn } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { eraseAccount } from '../identity/accounts.ts'
import { problems, locked } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'

const erase = createRoute({
  method: 'delete',
  path: '/v1/customers/{id}',
  summary: 'Erase a customer: name, email address, password, every address and webhook endpoint',
  description:
    'For the customer themselves and for admins. Orders stay, with an id that leads nowhere. Not while an order is under ' +
    'way: its parcel needs the address.',
  tags: ['Customers'],
  ...signedIn,
  request: {
    params: z.object({ id: z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }) }),
  },
  responses: {
    204: { description: 'Erased' },
    ...problems(...locked, 'not_found', 'orders_under_way'),
  },
})

export function customerRoutes(deps: Pick<Deps, 'identity' | 'notification' | 'orders' | 'shipping' | 'webhook'>) {
  return new OpenAPIHono<Env>().openapi(erase, async (c) => {
    const { id } = c.req.valid('param')
    const { principal } = c.var
    if (principal.role !== 'admin' && principal.id !== id) throw notFound('customer')
    if (await hasOpenOrder(deps, id)) {
      throw new ProblemError('orders_under_way', 'Wait for them to end, or cancel them.')
    }
    const hadAddress = await eraseAddresses(deps.shipping, id)
    // what waits for them finds no address any more
    await erasePreferences(deps.notification, id)
    const hadEndpoint = await eraseEndpoints(deps.webhook, id)
    // an admin may ask again: a token that was handed out before may have left one more address
    const hadAccount = await eraseAccount(deps.identity, id)
    if (!hadAddress && !hadAccount && !hadEndpoint) throw notFound('customer')
    return c.body(null, 204)
  })
}

async function hasOpenOrder({ orders }: Pick<Deps, 'orders'>, customerId: string): Promise<boolean> {
  for (const status of openStatuses) {
    if ((await listOrders(orders, 'all', { customerId, status, limit: 1 })).length > 0) return true
  }
  return false
}
