import type { Place } from './clients/platformatic-places.ts'
import { type Admin, connectKafka, withAdmin } from './kafka.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'

/** Where every consumer group of ours stands: what has to be kept beside a copy of the databases. */
export type GroupPlaces = Readonly<Record<string, readonly Place[]>>

/** Everything before these places was committed, so a copy of the databases that is made now has it. */
export const readPlaces = (config: Config, log: Log): Promise<GroupPlaces> =>
  withAdmin(connectKafka(config, log, 'places'), async (admin) => {
    const { groups } = await admin.listGroups()
    const ours = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(config.KAFKA_PREFIX))
    const places = await Promise.all(ours.map(async (id) => [id, await placesOf(admin, id)] as const))
    return Object.fromEntries(places.filter(([, kept]) => kept.length > 0))
  })

/** Sets the groups back: what came since is told once more. @throws where one has members: they have to be stopped. */
export const setPlaces = (config: Config, log: Log, places: GroupPlaces): Promise<void> =>
  withAdmin(connectKafka(config, log, 'places'), async (admin) => {
    const { groups } = await admin.describeGroups(Object.keys(places))
    const busy = groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId)
    if (busy.length > 0) throw new Error(`Stop the system first: ${busy.join(', ')} still read from Kafka`)
    // only who restores pays for loading the second client
    const { commitPlaces } = await import('./clients/platformatic-places.ts')
    for (const [groupId, kept] of Object.entries(places)) await commitPlaces(config, groupId, kept)
  })

async function placesOf(admin: Admin, groupId: string): Promise<readonly Place[]> {
  const topics = await admin.fetchOffsets({ groupId })
  return topics.flatMap(({ topic, partitions }) =>
    partitions.filter(({ offset }) => offset !== '-1').map(({ partition, offset }) => ({ topic, partition, offset })),
  )
}
