import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Complaint, importProducts } from '../../workers/stock/import.ts'
import { stockKeeper } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { invalid, type ProblemError } from '../problem.ts'
import { readProductsCsv } from '../products-csv.ts'

/** Told at once: whoever has more mends these first. */
const mostComplaints = 100

const upload = createRoute({
  method: 'post',
  path: '/v1/admin/product-imports',
  summary: 'Create and change products and count their stock by a table of CSV',
  description:
    'Columns: `sku`, `name`, `price`, `currency`, and if wanted `description`, `stock`, `low_stock_threshold`. All rows ' +
    'or none; the same table again changes nothing. What is wrong is told by line: the pointer `/csv/3` is line 3.',
  tags: ['Stock'],
  ...stockKeeper,
  request: body(
    z
      .strictObject({
        csv: z.string().min(1),
        name: text(100).openapi({ description: 'Of the table; adjustments have the reason `import <name>`' }),
      })
      .openapi('ProductImport', {
        example: { name: 'spring.csv', csv: 'sku,name,price,currency,stock\nMUG-BLUE,Blue mug,12.90,EUR,40\n' },
      }),
  ),
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
      'Imported',
    ),
    ...problems(...locked, ...badBody),
  },
})

const refused = (complaints: readonly Complaint[]): ProblemError =>
  invalid(
    complaints
      .slice(0, mostComplaints)
      .map(({ line, message }) => ({ pointer: `/csv/${line}`, code: 'csv_line', message })),
  )

/** What `npm run products:import` does, for those who have no shell. */
export function productImportRoutes({ stock }: Pick<Deps, 'stock'>) {
  return new OpenAPIHono<Env>().openapi(upload, async (c) => {
    const { csv, name } = c.req.valid('json')
    const { rows, complaints } = readProductsCsv(csv)
    if (complaints.length > 0) throw refused(complaints)
    const imported = await importProducts(stock, rows, { actor: c.var.principal.id, reason: `import ${name}` })
    if (imported.kind === 'refused') throw refused(imported.complaints)
    const { products, unchanged } = imported
    c.set('audited', { subject: name, asked: { changed: products.length } })
    return c.json({ products, unchanged }, 200)
  })
}
