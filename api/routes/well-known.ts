import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { anyone } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { jwksCacheSeconds } from '../identity/key-rotation.ts'
import { json, problems } from '../openapi.ts'
import { notFound, problemKinds } from '../problem.ts'

const key = z.object({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  kid: z.string(),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
})

const jwks = createRoute({
  method: 'get',
  path: '/.well-known/jwks.json',
  summary: 'Public keys of the access tokens',
  tags: ['Accounts'],
  ...anyone,
  responses: { 200: json(z.object({ keys: z.array(key).readonly() }), 'RFC 7517'), ...problems() },
})

const meta = createRoute({
  method: 'get',
  path: '/v1/meta',
  summary: 'What a front end has to know before anybody signs in',
  tags: ['Accounts'],
  ...anyone,
  responses: { 200: json(z.object({ demo: z.boolean() }), 'How this system runs'), ...problems() },
})

const problemKind = createRoute({
  method: 'get',
  path: '/problems/{code}',
  summary: 'What a problem’s type means',
  tags: ['Problems'],
  ...anyone,
  request: { params: z.object({ code: z.string().openapi({ example: 'validation_failed' }) }) },
  responses: {
    200: json(z.object({ code: z.string(), status: z.int(), title: z.string() }), 'The kind of problem'),
    ...problems('not_found'),
  },
})

export function wellKnownRoutes({ accessTokens, demo }: Pick<Deps, 'accessTokens' | 'demo'>) {
  return new OpenAPIHono<Env>()
    .openapi(jwks, async (c) =>
      c.json(await accessTokens.jwks(), 200, { 'Cache-Control': `public, max-age=${jwksCacheSeconds}` }),
    )
    .openapi(meta, (c) => c.json({ demo }, 200))
    .openapi(problemKind, (c) => {
      const { code } = c.req.valid('param')
      const known = Object.entries(problemKinds).find(([name]) => name === code)
      if (known === undefined) throw notFound('problem')
      const [, [status, title]] = known
      return c.json({ code, status, title }, 200)
    })
}
