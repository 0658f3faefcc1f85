import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { readFigures } from '../../workers/projection/figures/read.ts'
import { lastHours } from '../../workers/projection/figures/time.ts'
import { support } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { figuresDocument, figuresSchema } from '../figures/document.ts'
import { json, locked, problems } from '../openapi.ts'

const mostHours = 48

const get = createRoute({
  method: 'get',
  path: '/v1/admin/figures',
  summary: 'The last hours in figures',
  description:
    'Series of at most 120 points. What is counted of orders belongs to the time in which they were placed, so ' +
    '`GET /v1/orders?placedFrom=&placedTo=` lists the orders behind a number. Some ten seconds behind.',
  tags: ['Operators'],
  ...support,
  request: {
    query: z.strictObject({
      hours: z
        .string()
        .regex(/^\d{1,3}$/, 'Has to be a whole number')
        .transform(Number)
        .pipe(z.int().min(1).max(mostHours))
        .optional()
        .openapi({ type: 'integer', minimum: 1, maximum: mostHours, default: 1, example: 6 }),
    }),
  },
  responses: { 200: json(figuresSchema, 'Every series'), ...problems(...locked, 'validation_failed') },
})

export function figureRoutes({ orders }: Pick<Deps, 'orders'>) {
  return new OpenAPIHono<Env>().openapi(get, async (c) => {
    const { hours = 1 } = c.req.valid('query')
    const span = lastHours(hours, new Date())
    return c.json(figuresDocument(span, await readFigures(orders, span)), 200)
  })
}
