import { parseArgs } from 'node:util'
import { watchGroups } from '../events/groups.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { openTemporal } from '../platform/temporal-client.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import type { ShippingTables } from '../workers/shipping/tables.ts'
import { addAuditLine } from './identity/audit-line.ts'
import type { IdentityTables } from './identity/tables.ts'
import { findLost, resumeLost } from './orders/reconcile.ts'
import { isOutage } from './outage.ts'

const usage = `orders:resume -- --go-on|--undo --note "why"

Takes up every order that is not over and has no open workflow, from what its events tell.
  --go-on  lets each go on from where it was
  --undo   cancels each, where that is still possible
`
/** More at once than anybody wants to wait for; whoever has more runs it again. */
const most = 10_000

/** Ends with 0 when none is left, 1 when some could not be taken up, 2 when the command was not understood. */
process.exitCode = await run(process.argv.slice(2))
process.exit()

async function run(args: readonly string[]): Promise<number> {
  const options = readArguments(args)
  if (options === undefined) return refuse(usage, 2)
  const config = readConfig()
  const log = makeLog({ LOG_LEVEL: 'error' }, 'orders:resume')
  const orders = openDatabase<OrdersTables>(config, 'orders', 2)
  const shipping = openDatabase<ShippingTables>(config, 'shipping', 2)
  const identity = openDatabase<IdentityTables>(config, 'identity', 1)
  const { caughtUp } = watchGroups(config, log)
  const deps = {
    orders,
    shipping,
    temporal: openTemporal(config),
    taskQueue: config.TASK_QUEUE,
    caughtUp,
    resumeQuietMs: config.RESUME_QUIET_SECONDS * 1000,
  }
  const counts = { resumed: 0, behind: 0, notLost: 0, unknown: 0 }
  try {
    for (const { row } of await findLost(deps, most)) {
      const { kind } = await resumeLost(deps, { id: 'orders:resume', role: 'admin' }, row.id, options)
      counts[kind] += 1
      if (kind !== 'resumed') continue
      const actor = { kind: 'command', id: 'orders:resume' } as const
      await addAuditLine(identity, { action: 'order.resumed', actor, target: row.id, detail: options })
    }
  } catch (error) {
    if (!isOutage(error)) throw error
    return refuse('The database, Kafka or Temporal can’t be reached: is the system running?', 1)
  }
  process.stdout.write(`${counts.resumed} orders are taken up again\n`)
  if (counts.behind === 0) return 0
  return refuse(
    `${counts.behind} have to wait: their last events may still be on their way. Run it again in a minute.`,
    1,
  )
}

function refuse(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

function readArguments(args: readonly string[]): { readonly undo: boolean; readonly note: string } | undefined {
  const flag = { type: 'boolean' } as const
  try {
    const { values } = parseArgs({ args: [...args], options: { 'go-on': flag, undo: flag, note: { type: 'string' } } })
    const { undo = false, 'go-on': goOn = false, note = '' } = values
    return undo === goOn || note.trim() === '' ? undefined : { undo, note: note.trim().slice(0, 500) }
  } catch (error) {
    if (error instanceof TypeError) return undefined // an option that is none
    throw error
  }
}
