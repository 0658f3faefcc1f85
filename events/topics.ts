import type { Admin, ITopicConfig } from 'kafkajs'
import type { Config } from '../platform/config.ts'

export const ordersTopic = 'orders'

/** The consumer groups that react to orders, each named after its service. */
export const groups = ['stock', 'payment', 'shipping', 'projection'] as const
export type Group = (typeof groups)[number]

export const deadLetterTopic = (group: string): string => `${ordersTopic}.${group}.dlt`

/**
 * Creates what is missing. Orders are kept for ever: every view can be rebuilt from the topic. The partition count is
 * fixed at creation, since a change would put the undo of an order on another partition than its do.
 */
export async function ensureTopics(admin: Admin, config: Config): Promise<void> {
  const replicationFactor = config.KAFKA_REPLICATION
  const configEntries = [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: '-1' },
    { name: 'min.insync.replicas', value: String(Math.min(2, replicationFactor)) },
  ]
  const existing = new Set(await admin.listTopics())
  const topics: ITopicConfig[] = [
    { topic: ordersTopic, numPartitions: config.KAFKA_PARTITIONS, replicationFactor, configEntries },
    ...groups.map((group) => ({ topic: deadLetterTopic(group), numPartitions: 1, replicationFactor, configEntries })),
  ].filter(({ topic }) => !existing.has(topic))
  if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true })
}
