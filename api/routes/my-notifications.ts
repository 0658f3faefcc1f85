import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { orderKinds } from '../../workers/notification/kinds.ts'
import { readPreferences, savePreferences } from '../../workers/notification/preferences.ts'
import { signedIn } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'

const tags = ['Accounts']
const path = '/v1/me/notifications'

const [placed, confirmed, dispatched, delivered, cancelled, rejected, needsAction] = orderKinds
const choice = z.boolean()
export const preferencesSchema = z
  .strictObject({
    orders: z
      .strictObject({
        [placed]: choice,
        [confirmed]: choice,
        [dispatched]: choice,
        [delivered]: choice,
        [cancelled]: choice,
        [rejected]: choice,
        [needsAction]: choice.openapi({ description: 'The order waits for another payment method' }),
      })
      .openapi({ description: 'Which messages about one’s orders one gets; at first all' }),
    campaigns: z.boolean().openapi({ description: 'News and offers; at first none' }),
  })
  .openapi('NotificationPreferences', {
    example: {
      orders: {
        placed: true,
        confirmed: false,
        dispatched: true,
        delivered: true,
        cancelled: true,
        rejected: true,
        needsAction: true,
      },
      campaigns: false,
    },
  })

const read = createRoute({
  method: 'get',
  path,
  summary: 'Which messages one gets',
  tags,
  ...signedIn,
  responses: { 200: json(preferencesSchema, 'The choices'), ...problems(...locked) },
})

const choose = createRoute({
  method: 'put',
  path,
  summary: 'Choose which messages one gets',
  description: 'Counts for messages that are not sent yet, too.',
  tags,
  ...signedIn,
  request: body(preferencesSchema),
  responses: { 200: json(preferencesSchema, 'The choices, all of them'), ...problems(...locked, ...badBody) },
})

export function myNotificationRoutes({ notification }: Pick<Deps, 'notification'>) {
  return new OpenAPIHono<Env>()
    .openapi(read, async (c) => c.json(await readPreferences(notification, c.var.principal.id), 200))
    .openapi(choose, async (c) => {
      const chosen = c.req.valid('json')
      await savePreferences(notification, c.var.principal.id, chosen)
      return c.json(chosen, 200)
    })
}
