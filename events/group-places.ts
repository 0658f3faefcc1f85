import { connectKafka, withAdmin } from './kafka.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'

/** Where every consumer group of ours stands: what has to be kept beside a copy of the databases. */
export type GroupPlaces = Readonly<
  Record<string, readonly { readonly topic: string; readonly partition: number; readonly offset: string }[]>
>

/** Everything before these places was committed, so a copy of the databases that is made now has it. */
export const readPlaces = (config: Config, log: Log): Promise<GroupPlaces> =>
  withAdmin(connectKafka(config, log, 'places'), async (admin) => {
    const { groups } = await admin.listGroups()
    const ours = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(config.KAFKA_PREFIX))
    const read = async (groupId: string) => {
      const topics = await admin.fetchOffsets({ groupId })
      const places = topics.flatMap(({ topic, partitions }) =>
        partitions
          .filter(({ offset }) => offset !== '-1')
          .map(({ partition, offset }) => ({ topic, partition, offset })),
      )
      return [groupId, places] as const
    }
    return Object.fromEntries((await Promise.all(ours.map(read))).filter(([, places]) => places.length > 0))
  })

/** Sets the groups back: what came since is told once more. @throws where a group has members: they have to be stopped. */
export const setPlaces = (config: Config, log: Log, places: GroupPlaces): Promise<void> =>
  withAdmin(connectKafka(config, log, 'places'), async (admin) => {
    for (const [groupId, kept] of Object.entries(places)) {
      for (const topic of new Set(kept.map((place) => place.topic))) {
        const partitions = kept.filter((place) => place.topic === topic)
        await admin.setOffsets({
          groupId,
          topic,
          partitions: partitions.map(({ partition, offset }) => ({ partition, offset })),
        })
      }
    }
  })
