import { type Membership, readMembership } from '../../events/group-members.ts'
import { connectKafka, withAdmin } from '../../events/kafka.ts'
import { deadLettersGroup, groupName, groups, laneGroup, lanes } from '../../events/topics.ts'
import type { Config } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'
import type { Role } from '../../stack/processes.ts'
import { until } from '../until.ts'

/** The consumer groups that a process of this role is in. */
export function groupsOf(config: Config, role: Role): readonly string[] {
  if (!groups.some((group) => group === role)) return []
  const more =
    role === 'projection'
      ? [deadLettersGroup(config)]
      : role === 'notification'
        ? lanes.map((lane) => laneGroup(config, lane))
        : []
  return [groupName(config, role), ...more]
}

export type HandOver = {
  /** From now until the group no longer counts the one that left. */
  readonly left: Promise<number>
  /** From now until every partition is with somebody else. */
  readonly taken: Promise<number>
}

/**
 * Watches a member leave groups that go on with the others. Where there are none, nobody can take over, and `taken` is
 * the same as `left`.
 */
export async function watchHandOver(config: Config, groupIds: readonly string[]): Promise<HandOver> {
  const before = await look(config, groupIds)
  const began = Date.now()
  const since = () => Date.now() - began
  const left = follow(config, groupIds, 'the member is gone', (now, at) => now.members < (before[at]?.members ?? 0))
  const taken = follow(config, groupIds, 'its partitions are with somebody', (now, at) => {
    const { members = 0, partitions = 0 } = before[at] ?? {}
    return now.members < members && (members === 1 || (now.isStable && now.partitions === partitions))
  })
  return { left: left.then(since), taken: taken.then(since) }
}

type Is = (now: Membership, at: number) => boolean

const follow = (config: Config, groupIds: readonly string[], what: string, is: Is): Promise<void> =>
  ask(config, (admin) =>
    until(what, async () => (await Promise.all(groupIds.map((id) => readMembership(admin, id)))).every(is)),
  )

const look = (config: Config, groupIds: readonly string[]): Promise<readonly Membership[]> =>
  ask(config, (admin) => Promise.all(groupIds.map((id) => readMembership(admin, id))))

const ask = <Result>(config: Config, use: Parameters<typeof withAdmin<Result>>[1]): Promise<Result> =>
  withAdmin(connectKafka(config, makeLog({ LOG_LEVEL: 'error' }, 'chaos'), 'chaos'), use)
