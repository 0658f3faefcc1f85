import type { Place } from './clients/platformatic-places.ts'
import { type Admin, connectKafka, withAdmin } from './kafka.ts'
import { deadLettersGroup, groupName, groups, laneGroup, lanes } from './topics.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'

/** Where every consumer group of ours stands: what has to be kept beside a copy of the databases. */
export type GroupPlaces = Readonly<Record<string, readonly Place[]>>

const ourGroups = (config: Config): readonly string[] => [
  ...groups.map((group) => groupName(config, group)),
  ...lanes.map((lane) => laneGroup(config, lane)),
  deadLettersGroup(config),
]

/** Everything before these places was committed, so a copy of the databases that is made now has it. */
export const readPlaces = (config: Config, log: Log): Promise<GroupPlaces> =>
  withAdmin(connectKafka(config, log, 'places'), (admin) => placesOf(admin, ourGroups(config)))

/** Sets our groups back: what came since is told once more. @throws where one has members: they have to be stopped. */
export const setPlaces = (config: Config, log: Log, kept: GroupPlaces): Promise<void> =>
  withAdmin(connectKafka(config, log, 'places'), async (admin) => {
    const { groups: described } = await admin.describeGroups([...ourGroups(config)])
    const busy = described.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId)
    if (busy.length > 0) throw new Error(`Stop the system first: ${busy.join(', ')} still read from Kafka`)
    const now = await placesOf(admin, ourGroups(config))
    // only who restores pays for loading the second client
    const { commitPlaces } = await import('./clients/platformatic-places.ts')
    for (const [groupId, places] of Object.entries(now)) {
      await commitPlaces(config, groupId, setBack(places, kept[groupId] ?? []))
    }
  })

/** To where a group had come in each partition; to the beginning of one where it had not begun yet. */
export const setBack = (now: readonly Place[], kept: readonly Place[]): readonly Place[] =>
  now.map(({ topic, partition }) => {
    const place = kept.find((one) => one.topic === topic && one.partition === partition)
    return { topic, partition, offset: place?.offset ?? '0' }
  })

async function placesOf(admin: Admin, groupIds: readonly string[]): Promise<GroupPlaces> {
  const read = async (groupId: string) => {
    const topics = await admin.fetchOffsets({ groupId })
    const places = topics.flatMap(({ topic, partitions }) =>
      partitions.filter(({ offset }) => offset !== '-1').map(({ partition, offset }) => ({ topic, partition, offset })),
    )
    return [groupId, places] as const
  }
  return Object.fromEntries((await Promise.all(groupIds.map(read))).filter(([, places]) => places.length > 0))
}
