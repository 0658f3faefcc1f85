import type { Finding, Invariant } from '../invariant.ts'

export const lag: Invariant = {
  name: 'lag',
  asks: 'Does every consumer group run, and take in all that is on the topic now?',
  ofOrders: false,
  async check({ groups }) {
    const health = await groups.read()
    if (health === undefined) throw new Error('Kafka does not tell how the consumer groups are doing')
    const findings = await Promise.all(
      [...health].map(async ([group, { members, lag: behind, standsStill }]): Promise<readonly Finding[]> => {
        const faults = [
          ...(members === 0 ? ['nobody consumes'] : []),
          ...(standsStill ? [`it stands still since ${standsStill.since}: ${standsStill.why}`] : []),
          ...((await groups.caughtUp(group)) ? [] : [`it is ${behind} behind and does not catch up`]),
        ]
        if (faults.length === 0) return []
        const repair = `See that the ${group} worker runs and what its log says (docs/operations.md, Outages)`
        return [{ subject: group, difference: faults.join('; '), repair }]
      }),
    )
    return { looked: health.size, findings: findings.flat() }
  },
}
