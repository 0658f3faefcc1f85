import { Admin } from '@platformatic/kafka'
import type { KafkaAccess } from './access.ts'
import { connectingBy } from './platformatic-settings.ts'

export type Place = { readonly topic: string; readonly partition: number; readonly offset: string }

/**
 * Commits for a group without members, in one request. kafkajs would have to join the group for it, topic by topic, and
 * now and then leaves before it has committed.
 */
export async function commitPlaces(config: KafkaAccess, groupId: string, places: readonly Place[]): Promise<void> {
  const admin = new Admin(connectingBy(config, 'places'))
  try {
    const names = [...new Set(places.map(({ topic }) => topic))]
    const of = (name: string) => places.filter(({ topic }) => topic === name)
    const topics = names.map((name) => ({
      name,
      partitionOffsets: of(name).map(({ partition, offset }) => ({ partition, offset: BigInt(offset) })),
    }))
    await admin.alterConsumerGroupOffsets({ groupId, topics })
  } finally {
    await admin.close()
  }
}
