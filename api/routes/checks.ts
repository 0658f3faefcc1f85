import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin } from '../access.ts'
import { invariantSchema } from '../checks/result.ts'
import { lastRun } from '../checks/runs.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { time } from '../fields.ts'
import { json, locked, problems } from '../openapi.ts'

const run = z
  .object({
    beganAt: time,
    endedAt: time,
    outcome: z
      .enum(['clean', 'findings', 'failed'])
      .openapi({ description: '`failed`: a part could not be asked, so nobody knows; `message` says why' }),
    message: z.string().optional(),
    invariants: z
      .array(invariantSchema)
      .openapi({ description: 'A row for each invariant; at most 100 findings are named, `count` is all of them' }),
  })
  .openapi('CheckRun')

const read = createRoute({
  method: 'get',
  path: '/v1/admin/checks',
  summary: 'Whether everything is right, as last checked',
  description:
    'What `npm run verify` said when it ran by itself last, every `VERIFY_EVERY_MINUTES`. Each finding has its order, the difference and the repair; nothing is repaired by itself.',
  tags: ['Operators'],
  ...admin,
  responses: {
    200: json(z.object({ last: run.nullable() }), 'The last one; `null`: none was run by itself yet'),
    ...problems(...locked),
  },
})

export const checkRoutes = ({ identity }: Deps) =>
  new OpenAPIHono<Env>().openapi(read, async (c) => {
    const last = await lastRun(identity)
    if (last === undefined) return c.json({ last: null }, 200)
    const { beganAt, endedAt, ...rest } = last
    return c.json({ last: { beganAt: beganAt.toISOString(), endedAt: endedAt.toISOString(), ...rest } }, 200)
  })
