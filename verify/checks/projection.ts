import { rebuild } from '../../workers/projection/rebuild/rebuild.ts'
import type { Invariant } from '../invariant.ts'
import { placedAt } from './events.ts'

export const projection: Invariant = {
  name: 'projection',
  asks: 'Is what readers see the fold of what is on the topic?',
  ofOrders: true,
  async check(context) {
    const { orderId, config, log } = context
    const report = await rebuild(config, log, { from: await placedAt(context), dryRun: true })
    return {
      looked: report.events,
      findings: report.differences.map(({ table, key, kind }) => {
        const order = key.split(':').find((part) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part))
        return {
          subject: `${table} ${key}`,
          ...(order !== undefined && { orderId: order }),
          difference: `the row is ${kind}`,
          repair:
            orderId === undefined
              ? 'npm run projection:rebuild'
              : 'npm run projection:rebuild -- --from TIME --to TIME',
        }
      }),
    }
  },
}
