import { rebuild, RebuildUnderWay } from '../../workers/projection/rebuild/rebuild.ts'
import type { Context } from '../context.ts'
import type { Invariant } from '../invariant.ts'
import { Unreachable } from '../unreachable.ts'
import { placedAt } from './events.ts'

/** Folded anew into tables of its own, which are thrown away: so it needs the disk, and no memory. */
export const projection: Invariant = {
  name: 'projection',
  asks: 'Is what readers see the fold of what is on the topic?',
  ofOrders: true,
  async check(context) {
    const report = await fold(context)
    return {
      looked: report.events,
      findings: report.differences.map(({ table, key, kind }) => {
        const order = key.split(':').find((part) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part))
        return {
          subject: `${table} ${key}`,
          ...(order !== undefined && { orderId: order }),
          difference: `the row that readers see is ${told[kind]}`,
          repair: 'npm run projection:rebuild -- --dry-run, then without --dry-run',
        }
      }),
    }
  },
}

const told = {
  missing: 'missing',
  behind: 'behind the topic',
  different: 'another than the topic says',
  unexplained: 'not explained by the topic',
} as const

async function fold(context: Context) {
  const { config, log } = context
  try {
    return await rebuild(config, log, { from: await placedAt(context), dryRun: true })
  } catch (error) {
    if (error instanceof RebuildUnderWay) throw new Unreachable(`${error.message} Run this again when it is done.`)
    throw error
  }
}
