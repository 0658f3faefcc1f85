import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminInPerson } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Drills } from '../drills/ask.ts'
import { drillBoardSchema, drillRunSchema, newDrill } from '../drills/document.ts'
import type { Env } from '../env.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import type { Principal } from '../identity/access-token.ts'
import { notFound, ProblemError } from '../problem.ts'

const tags = ['Operators']
const inTheDemo = 'In demo mode under `npm start` only; elsewhere there is no such address.'

const list = createRoute({
  method: 'get',
  path: '/v1/admin/drills',
  summary: 'Faults that can be done to the running system, and what came of them',
  description: inTheDemo,
  tags,
  ...adminInPerson,
  responses: { 200: json(drillBoardSchema, 'The board'), ...problems(...locked, 'not_found') },
})

const begin = createRoute({
  method: 'post',
  path: '/v1/admin/drills',
  summary: 'Do one fault to the running system, under load',
  description: `${inTheDemo} One at a time: orders are placed steadily, the fault strikes, and when all orders are over everything is checked. What needs an admin is done in the name of whoever asks.`,
  tags,
  ...adminInPerson,
  request: body(newDrill),
  responses: {
    202: json(drillRunSchema, 'It has begun; `GET` tells how it goes on'),
    ...problems(...locked, ...badBody, 'not_found', 'drill_under_way', 'drill_impossible', 'own_login_needed'),
  },
})

const get = createRoute({
  method: 'get',
  path: '/v1/admin/drills/{id}',
  summary: 'One drill, and its verdict',
  description: inTheDemo,
  tags,
  ...adminInPerson,
  request: {
    params: z.object({ id: z.string().max(64).openapi({ example: '01890a5d-ac96-774b-bcce-b302099a8057' }) }),
  },
  responses: { 200: json(drillRunSchema, 'As it stands'), ...problems(...locked, 'not_found') },
})

export function drillRoutes({ demo, drills, accessTokens }: Pick<Deps, 'demo' | 'drills' | 'accessTokens'>) {
  const board = (): Drills => {
    if (!demo || drills === undefined) throw notFound('address')
    return drills
  }
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => c.json(await board().read(), 200))
    .openapi(begin, async (c) => {
      const to = board()
      refuseExternal(c.var.principal)
      const { drill, ordersPerSecond } = c.req.valid('json')
      // a fresh one, which lasts as long as any drill
      const asked = await to.begin(drill, ordersPerSecond, await accessTokens.sign(c.var.principal))
      c.set('audited', { subject: asked.id, asked: { drill, ordersPerSecond } })
      return c.json(asked, 202)
    })
    .openapi(get, async (c) => c.json(await board().find(c.req.valid('param').id), 200))
}

/** The drill needs a token of ours for them, which is good for an account here only; their own may end in the middle. */
function refuseExternal(principal: Principal): void {
  if (principal.role === 'program' || principal.external === undefined) return
  const detail = 'A drill acts in your name, for which you need an account here. Sign in as an admin of this shop.'
  throw new ProblemError('own_login_needed', detail)
}
