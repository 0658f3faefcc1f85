import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import { makeAsyncApi } from '../../events/asyncapi.ts'
import { files as schemas } from '../../events/published/index.ts'
import type { JsonSchema } from '../../events/json-schemas.ts'
import { anyone } from '../access.ts'
import type { Env } from '../env.ts'
import { json, problems } from '../openapi.ts'
import { notFound } from '../problem.ts'

const document = z.record(z.string(), z.unknown())
const unchanged = { description: 'It is still the one whose `ETag` was sent as `If-None-Match`' }
const cacheable = { 'Cache-Control': 'public, max-age=300' }

const asyncApi = createRoute({
  method: 'get',
  path: '/asyncapi.json',
  summary: 'What is on the Kafka topics, as AsyncAPI 3',
  tags: ['Events'],
  ...anyone,
  responses: { 200: json(document, 'AsyncAPI 3.0'), 304: unchanged, ...problems() },
})

const schema = createRoute({
  method: 'get',
  path: '/schemas/{file}',
  summary: 'The schema that an event’s `ce_dataschema` names',
  description: 'Of every type and every version there ever was.',
  tags: ['Events'],
  ...anyone,
  request: { params: z.object({ file: z.string().openapi({ example: 'order.placed.v1.json' }) }) },
  responses: { 200: json(document, 'JSON Schema 2020-12'), 304: unchanged, ...problems('not_found') },
})

/** The event contract for other teams: fixed while a process runs, so it is read once. */
export function eventContractRoutes() {
  const read = once(() => ({ ...makeAsyncApi() }))
  const routes = new OpenAPIHono<Env>()
  routes.use('/asyncapi.json', etag())
  routes.use('/schemas/*', etag())
  return routes
    .openapi(asyncApi, (c) => c.json(read(), 200, cacheable))
    .openapi(schema, (c) => {
      const { file } = c.req.valid('param')
      if (!Object.hasOwn(schemas, file)) throw notFound('schema')
      return c.json({ ...(schemas[file] as JsonSchema) }, 200, cacheable)
    })
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
