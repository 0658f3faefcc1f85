import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { type Complaint, importProducts } from '../workers/stock/import.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import { isOutage } from './outage.ts'
import { readProductsCsv } from './products-csv.ts'

const usage = `products:import -- FILE.csv

Creates and changes products and counts their stock. Columns: sku, name, price, currency, and if wanted description,
stock, low_stock_threshold. All rows or none.
`

/** Ends with 0 when it was imported, 1 when nothing was, 2 when the command was not understood. */
process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const file = fileOf(args)
  if (file === undefined) return refuse(usage, 2)
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error)
  if (typeof source !== 'string') return refuse(`${file} can't be read: ${source.message}`, 1)
  const { rows, complaints } = readProductsCsv(source)
  if (complaints.length > 0) return complain(file, complaints)

  const stock = openDatabase<StockTables>(readConfig(), 'stock', 1)
  try {
    const reason = `import ${basename(file)}`.slice(0, 500)
    const imported = await importProducts(stock, rows, { actor: 'system', reason })
    if (imported.kind === 'refused') return complain(file, imported.complaints)
    for (const { sku, was, what } of imported.products) {
      process.stdout.write(`${sku} ${was}${what.length > 0 ? `: ${what.join(', ')}` : ''}\n`)
    }
    const created = imported.products.filter(({ was }) => was === 'created').length
    const changed = imported.products.length - created
    process.stdout.write(`${created} created, ${changed} changed, ${imported.unchanged} unchanged\n`)
    return 0
  } catch (error) {
    if (!isOutage(error)) throw error
    return refuse('The database can’t be reached: is the system running? Nothing was imported.', 1)
  } finally {
    await stock.destroy()
  }
}

function complain(file: string, complaints: readonly Complaint[]): number {
  const lines = complaints.map(({ line, message }) => `${file}:${line}: ${message}`)
  return refuse([...lines, 'Nothing was imported.'].join('\n'), 1)
}

function refuse(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

function fileOf(args: readonly string[]): string | undefined {
  try {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
    return positionals.length === 1 ? positionals[0] : undefined
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
