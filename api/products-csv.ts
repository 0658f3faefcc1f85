import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { minorUnitsOf } from '../domain/money.ts'
import { maxOnHand } from '../workers/stock/adjustments.ts'
import type { Complaint, ProductRow } from '../workers/stock/import.ts'
import { price, prose, skuField, text } from './fields.ts'

const required = ['sku', 'name', 'price', 'currency'] as const
const optional = ['description', 'stock', 'low_stock_threshold'] as const
const columns: readonly string[] = [...required, ...optional]
/** A table that has more of them is told what is wrong with the first. */
const mostNames = 50

export type ReadCsv = { readonly rows: readonly ProductRow[]; readonly complaints: readonly Complaint[] }

type RawRow = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

/** Products as a table: every row that is good, and everything that is wrong with the others, by line. */
export function readProductsCsv(source: string): ReadCsv {
  const table = split(source)
  if ('complaints' in table) return { rows: [], complaints: table.complaints }
  const [head, ...body] = table.rows
  const names = head?.record.map((name) => name.toLowerCase()) ?? []
  const wrong = headComplaints(names)
  if (wrong.length > 0)
    return { rows: [], complaints: wrong.map((message) => ({ line: head?.info.lines ?? 1, message })) }

  const seen = new Map<string, number>()
  const read = body.map(({ record, info: { lines: line } }): ReadCsv => {
    const complain = (message: string): ReadCsv => ({ rows: [], complaints: [{ line, message }] })
    if (record.length !== names.length) return complain(`has ${record.length} cells instead of ${names.length}`)
    const { price: decimal, currency, ...cells } = Object.fromEntries(names.map((name, index) => [name, record[index]]))
    const parsed = row.safeParse({ ...cells, price: { decimal, currency } })
    if (!parsed.success) {
      const complaints = parsed.error.issues.map((issue) => ({ line, message: messageOf(issue) }))
      return { rows: [], complaints }
    }
    const before = seen.get(parsed.data.sku)
    if (before !== undefined) return complain(`sku: ${parsed.data.sku} stands in line ${before} too`)
    seen.set(parsed.data.sku, line)
    return { rows: [{ line, ...parsed.data }], complaints: [] }
  })
  return { rows: read.flatMap(({ rows }) => rows), complaints: read.flatMap(({ complaints }) => complaints) }
}

function split(source: string): { readonly rows: readonly RawRow[] } | { readonly complaints: readonly Complaint[] } {
  try {
    const options = { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }
    return { rows: parse(source, options) as unknown as readonly RawRow[] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    return { complaints: [{ line, message: error.message }] }
  }
}

function headComplaints(all: readonly string[]): readonly string[] {
  const names = all.slice(0, mostNames)
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => `the column ${name} is missing`),
    ...names.filter((name) => !columns.includes(name)).map((name) => `${name || '(empty)'} is not a column`),
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => `the column ${name} stands there twice`),
  ]
}

const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, 'Has to be a whole number')
  .transform(Number)
  .pipe(z.int().max(maxOnHand))
const maybeCount = z
  .string()
  .transform((given) => (given === '' ? undefined : given))
  .pipe(wholeNumber.optional())
  .optional()

/** A part of its own, so that what is wrong with it is told beside what is wrong elsewhere. */
const amount = z.object({ decimal: z.string(), currency: z.string() }).transform(({ decimal, currency }, context) => {
  const amountMinor = minorOf(decimal, currency)
  const money = price.safeParse({ amountMinor: amountMinor ?? 0, currency })
  if (amountMinor === undefined) {
    const digits = minorUnitsOf(currency)
    const like = digits === 0 ? '1290' : `12.${'9'.padEnd(digits, '0')}`
    context.addIssue({ code: 'custom', message: `Has to be an amount like ${like}` })
  }
  for (const { path, message } of money.error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: path.filter((part) => part === 'currency'), message })
  }
  return money.data ?? z.NEVER
})

const row = z
  .object({
    sku: skuField,
    name: text(200),
    description: prose(5000).optional(),
    price: amount,
    stock: maybeCount,
    low_stock_threshold: maybeCount,
  })
  .transform(({ stock, low_stock_threshold: lowStockThreshold, ...rest }) => ({
    ...rest,
    onHand: stock,
    lowStockThreshold,
  }))

/** Digit by digit: `12.9` of a currency with cents is 1290. Undefined where it says more than the currency has. */
export function minorOf(decimal: string, currency: string): number | undefined {
  const digits = minorUnitsOf(currency)
  const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d{1,3}))?$/.exec(decimal) ?? []
  if (whole === undefined || fraction.length > digits) return undefined
  return Number(whole + fraction.padEnd(digits, '0'))
}

const messageOf = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${String(path.at(-1))}: ${message}`
