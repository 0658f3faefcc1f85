import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { groups } from '../../events/topics.ts'
import { support } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { time } from '../fields.ts'
import { json, locked, problems } from '../openapi.ts'
import { unavailable } from '../problem.ts'

export const consumerSchema = z
  .object({
    group: z.enum(groups),
    members: z.int().openapi({ description: 'Processes that consume now; 0: nobody does' }),
    lag: z.int().openapi({ description: 'Messages it has not taken in yet' }),
    standsStill: z
      .object({ since: time, cause: z.string() })
      .nullable()
      .openapi({ description: 'It waits for an outage to end; null while it moves' }),
  })
  .openapi('Consumer')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/consumers',
  summary: 'How the consumer groups are doing, as Kafka tells it now',
  description: 'All of them, at most two seconds old. While Kafka does not tell, 503.',
  tags: ['Operators'],
  ...support,
  responses: {
    200: json(z.object({ items: z.array(consumerSchema).readonly(), nextCursor: z.null() }), 'Every group'),
    ...problems(...locked),
  },
})

export function consumerRoutes({ readGroups }: Pick<Deps, 'readGroups'>) {
  return new OpenAPIHono<Env>().openapi(list, async (c) => {
    const health = await readGroups()
    if (health === undefined) throw unavailable('dependency_unavailable', 'Kafka does not tell. Try again soon.')
    const items = [...health].map(([group, { members, lag, standsStill = null }]) => ({
      group,
      members,
      lag,
      standsStill,
    }))
    return c.json({ items, nextCursor: null }, 200)
  })
}
