import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin } from '../access.ts'
import { invariantSchema } from '../checks/result.ts'
import { isUnderWay, lastRun } from '../checks/runs.ts'
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

export const checksSchema = z.object({
  last: run.nullable(),
  underWay: z.boolean().openapi({ description: 'Whether one runs now' }),
})

const read = createRoute({
  method: 'get',
  path: '/v1/admin/checks',
  summary: 'Whether everything is right, as last checked',
  description:
    'What `npm run verify` said when it ran last, every `VERIFY_EVERY_MINUTES` or when asked for. Each finding has its order, the difference and the repair; nothing is repaired by itself.',
  tags: ['Operators'],
  ...admin,
  responses: {
    200: json(checksSchema, 'The last one; `null`: none was run yet'),
    ...problems(...locked),
  },
})

const start = createRoute({
  method: 'post',
  path: '/v1/admin/checks',
  summary: 'Check now whether everything is right',
  description: 'One at a time: while one is under way no other is started. `GET` tells what it said.',
  tags: ['Operators'],
  ...admin,
  responses: {
    202: json(
      z.object({ started: z.boolean().openapi({ description: '`false`: one was under way already' }) }),
      'One is under way',
    ),
    ...problems(...locked),
  },
})

export const checkRoutes = ({ identity, startCheck }: Pick<Deps, 'identity' | 'startCheck'>) =>
  new OpenAPIHono<Env>()
    .openapi(read, async (c) => {
      // asked first: one that ends in between has stored what it said
      const underWay = await isUnderWay(identity)
      const last = await lastRun(identity)
      if (last === undefined) return c.json({ last: null, underWay }, 200)
      const { beganAt, endedAt, ...rest } = last
      const told = { beganAt: beganAt.toISOString(), endedAt: endedAt.toISOString(), ...rest }
      return c.json({ last: told, underWay }, 200)
    })
    .openapi(start, async (c) => c.json({ started: await startCheck() }, 202))
