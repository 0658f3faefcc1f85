import { parseArgs } from 'node:util'
import { uuidPattern } from '../domain/ids.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { type Opened, openContext, unreachable } from './context.ts'
import { invariants } from './invariants.ts'
import { lookAt } from './look.ts'
import { table } from './table.ts'

const usage = `verify [-- --order ID] [--json]

Checks what always holds, in MySQL, Kafka and Temporal of the running system, and changes nothing. Orders under way are
no findings: what seems wrong is looked at twice.
  --order ID  only what can be said of this order
  --json      one line of JSON
`

/** Ends with 0 when everything holds, 1 on a finding, 2 for a bad command or a server that can't be reached. */
process.exit(await run(process.argv.slice(2))) // a timer of kafkajs outlives its consumer

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') return refuse(`${options}\n\n${usage}`)
  const config = readConfig()
  const context = openContext(config, makeLog({ LOG_LEVEL: 'error' }, 'verify'), options.order)
  try {
    return await verify(context, options.json)
  } catch (error) {
    // a server may go away in the middle, which is no finding
    const away = await unreachable(context)
    if (away.length === 0) throw error
    return refuse(`${away.join('\n')}\n`)
  } finally {
    await context.close()
  }
}

async function verify(context: Opened, json: boolean): Promise<number> {
  const away = await unreachable(context)
  if (away.length > 0) return refuse(`${away.join('\n')}\n`)
  const rows = await lookAt(context, invariants)
  process.stdout.write(json ? `${JSON.stringify({ invariants: rows })}\n` : table(rows))
  return rows.some(({ findings }) => findings.length > 0) ? 1 : 0
}

function readOptions(args: readonly string[]) {
  const options = { order: { type: 'string' }, json: { type: 'boolean', default: false } } as const
  try {
    const { order, json } = parseArgs({ args: [...args], options }).values
    if (order !== undefined && !uuidPattern.test(order)) return `${order} is no order id`
    return { order, json }
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

function refuse(message: string): number {
  process.stderr.write(message)
  return 2
}
