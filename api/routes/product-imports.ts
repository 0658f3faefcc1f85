import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Complaint, importProducts, importProductsOnce } from '../../workers/stock/import.ts'
import { stockKeeper } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { fingerprintOf, uuidV5 } from '../orders/ids.ts'
import { idempotencyHeader, idempotencyKeyOf } from '../idempotency-key.ts'
import { invalid, ProblemError } from '../problem.ts'
import { readProductsCsv } from '../products-csv.ts'

/** Told at once: whoever has more mends these first. */
const mostComplaints = 100
/** More take longer than a request may. */
export const mostRows = 300
/** Of ids made from keys: another one would make every import new, so it stays. */
const namespace = '7b0c3f1e-6a54-4e0c-9d0a-3f5d1c7e2b48'

const upload = createRoute({
  method: 'post',
  path: '/v1/admin/product-imports',
  summary: 'Create and change products and count their stock by a table of CSV',
  description:
    'Columns: `sku`, `name`, `price`, `currency`, and if wanted `description`, `stock`, `low_stock_threshold`. All rows ' +
    'or none, ' +
    `${mostRows} at most. \`stock\` is a count: the same table again sets it again, whatever was sold meanwhile, unless ` +
    'it comes with the `Idempotency-Key` of before. What is wrong is told by line: the pointer `/csv/3` is line 3.',
  tags: ['Stock'],
  ...stockKeeper,
  request: {
    headers: z.object(idempotencyHeader('The same key is the same import, however often it is sent.')),
    ...body(
      z
        .strictObject({
          csv: z.string().min(1),
          name: text(100).openapi({ description: 'Of the table; adjustments have the reason `import <name>`' }),
        })
        .openapi('ProductImport', {
          example: { name: 'spring.csv', csv: 'sku,name,price,currency,stock\nMUG-BLUE,Blue mug,12.90,EUR,40\n' },
        }),
    ),
  },
  responses: {
    200: json(
      z
        .object({
          products: z
            .array(
              z.object({ sku: z.string(), was: z.enum(['created', 'changed']), what: z.array(z.string()).readonly() }),
            )
            .readonly(),
          unchanged: z.int(),
        })
        .openapi('ProductImported'),
      'Imported; with `Idempotency-Replayed`: before, with the same key',
      'Idempotency-Replayed',
    ),
    ...problems(...locked, ...badBody, 'idempotency_key_reused'),
  },
})

const refused = (complaints: readonly Complaint[]): ProblemError =>
  invalid(
    complaints
      .slice(0, mostComplaints)
      .map(({ line, message }) => ({ pointer: `/csv/${line}`, code: 'csv_line', message })),
  )

const tooMany = (rows: number): ProblemError => {
  const message = `Has ${rows} rows, and may have ${mostRows}: use several tables, or npm run products:import`
  return invalid([{ pointer: '/csv', code: 'too_many_rows', message }])
}

/** What `npm run products:import` does, for those who have no shell. */
export function productImportRoutes({ stock }: Pick<Deps, 'stock'>) {
  return new OpenAPIHono<Env>().openapi(upload, async (c) => {
    const key = idempotencyKeyOf(c)
    const { csv, name } = c.req.valid('json')
    const { rows, complaints } = readProductsCsv(csv)
    if (complaints.length > 0) throw refused(complaints)
    if (rows.length > mostRows) throw tooMany(rows.length)
    const { id: actor } = c.var.principal
    const behind = { actor, reason: `import ${name}` }
    const once = key !== undefined && {
      id: uuidV5(namespace, `${actor}:${key}`),
      fingerprint: fingerprintOf({ csv, name }),
    }
    const imported = once
      ? await importProductsOnce(stock, once, rows, behind)
      : await importProducts(stock, rows, behind)
    if (imported.kind === 'refused') throw refused(imported.complaints)
    if (imported.kind === 'keyReused') {
      throw new ProblemError('idempotency_key_reused', 'Another table was imported with it. Take a new key.')
    }
    const { kind, products, unchanged } = imported
    c.set('audited', { subject: name, asked: { changed: kind === 'replayed' ? 0 : products.length } })
    return c.json({ products, unchanged }, 200, kind === 'replayed' ? { 'Idempotency-Replayed': 'true' } : {})
  })
}
