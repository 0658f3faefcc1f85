import { parseArgs } from 'node:util'
import { uuidPattern } from '../domain/ids.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { type Opened, openContext, unreachable } from './context.ts'
import { invariants } from './invariants.ts'
import { lookAt } from './look.ts'
import { table } from './table.ts'
import { Unreachable } from './unreachable.ts'

const usage = `verify [-- --order ID] [--json]

Checks what always holds, in MySQL, Kafka and Temporal of the running system, and changes nothing. What seems wrong is
looked at twice: in between, consumers have up to eight seconds to take in what is on the topic, and two seconds more.
What has changed by then was under way and is no finding.
  --order ID  only what can be said of this order
  --json      one line of JSON
Ends with 0 when everything holds, 1 on a finding, 2 when a part can't be asked.
`

process.exit(await run(process.argv.slice(2))) // a timer of kafkajs outlives its consumer

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') return refuse(`${options}\n\n${usage}`)
  const config = readConfig()
  const context = openContext(config, makeLog({ LOG_LEVEL: 'silent' }, 'verify'), options.order)
  try {
    return await verify(context, options.json)
  } catch (error) {
    if (error instanceof Unreachable) return refuse(`${error.message}\n`)
    // a server may go away in the middle, which is no finding
    const away = await unreachable(context)
    if (away.length > 0) return refuse(`${away.join('\n')}\n`)
    return refuse(
      `The check itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
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
