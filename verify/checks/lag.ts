import type { GroupHealth } from '../../events/groups.ts'
import type { Group } from '../../events/topics.ts'
import type { Context } from '../context.ts'
import { Unreachable } from '../unreachable.ts'
import type { Finding, Invariant } from '../invariant.ts'

/** A level is told within a second or so of its change. */
const untoldMs = 60_000

export const lag: Invariant = {
  name: 'lag',
  asks: 'Does every consumer group run and take in what is on the topic, and is every stock level told?',
  ofOrders: false,
  async check(context) {
    const health = await context.groups.read()
    if (health === undefined) throw new Unreachable('Kafka does not tell how the consumer groups are doing; try again')
    const findings = await Promise.all([...health].map(([group, one]) => judge(context, group, one)))
    return { looked: health.size, findings: [...findings.flat(), ...(await untold(context))] }
  },
}

async function judge({ groups }: Context, group: Group, health: GroupHealth): Promise<readonly Finding[]> {
  const { members, lag: behind, standsStill } = health
  const faults = members === 0 ? [`nobody consumes; it is ${behind} behind`] : []
  if (standsStill) faults.push(`it stands still since ${standsStill.since}: ${standsStill.cause}`)
  else if (members > 0 && !(await groups.caughtUp(group))) faults.push(`it is ${behind} behind and does not catch up`)
  if (faults.length === 0) return []
  const repair = `See that the ${group} worker runs and what its log says (docs/operations.md, Outages)`
  return [{ subject: group, difference: faults.join('; '), repair }]
}

/** What the ledger has and the topic of stock levels has not. */
async function untold({ stock }: Context): Promise<readonly Finding[]> {
  const rows = await stock
    .selectFrom('stock_ledger')
    .select(['sku', (eb) => eb.fn.countAll<number>().as('entries')])
    .where('relayed', '=', 0)
    .where('at', '<', new Date(Date.now() - untoldMs))
    .groupBy('sku')
    .execute()
  return rows.map(({ sku, entries }) => ({
    subject: sku,
    difference: `${entries} changes of its level were not told on the topic of stock levels`,
    repair: 'See that the stock worker runs and what its log says: it tells them by itself',
  }))
}
