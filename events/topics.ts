import type { Admin, ITopicConfig } from 'kafkajs'
import type { Config } from '../platform/config.ts'

/** `orders`, unless several systems share one cluster. */
export const ordersTopic = (config: Pick<Config, 'KAFKA_PREFIX'>): string => `${config.KAFKA_PREFIX}orders`

/** Each SKU's newest level, kept as long as the SKU is. */
export const stockLevelsTopic = (config: Pick<Config, 'KAFKA_PREFIX'>): string => `${config.KAFKA_PREFIX}stock-levels`

/** The consumer groups that react to orders, each named after its service. */
export const groups = ['stock', 'payment', 'shipping', 'projection', 'notification', 'webhook'] as const
export type Group = (typeof groups)[number]

export const groupName = (config: Pick<Config, 'KAFKA_PREFIX'>, group: string): string =>
  `${config.KAFKA_PREFIX}${group}`

/** Of a group of ours, or of another team's. */
export const deadLetterTopic = (config: Pick<Config, 'KAFKA_PREFIX'>, group: string): string =>
  `${ordersTopic(config)}.${group}.dlt`

/** What staff send once more, to this group alone; read beside `orders`, and handled as that is. */
export const redriveTopic = (config: Pick<Config, 'KAFKA_PREFIX'>, group: Group): string =>
  `${ordersTopic(config)}.${group}.redrive`

/** Messages to customers: one an event of an order, and campaigns, which never stand in front of those. */
export const lanes = ['realtime', 'bulk'] as const
export type Lane = (typeof lanes)[number]

export const laneTopic = (config: Pick<Config, 'KAFKA_PREFIX'>, lane: Lane): string =>
  `${config.KAFKA_PREFIX}notifications.${lane}`

/** Each lane is read by a group of its own, so that neither waits for the other. */
export const laneGroup = (config: Pick<Config, 'KAFKA_PREFIX'>, lane: Lane): string =>
  `${config.KAFKA_PREFIX}notification-${lane}`

/** What is on a lane lies in the service's table a moment later. */
const laneKeptMs = String(30 * 24 * 3600_000)

/** The group that lists dead letters; not one that reacts to orders. */
export const deadLettersGroup = (config: Pick<Config, 'KAFKA_PREFIX'>): string => `${config.KAFKA_PREFIX}dead-letters`

/**
 * Creates what is missing. Orders are kept for ever: every view can be rebuilt from the topic. The partition count is
 * fixed at creation, since a change would put the undo of an order on another partition than its do.
 */
export async function ensureTopics(admin: Admin, config: Config): Promise<void> {
  const replicationFactor = config.KAFKA_REPLICATION
  const safe = { name: 'min.insync.replicas', value: String(Math.min(2, replicationFactor)) }
  const configEntries = [{ name: 'cleanup.policy', value: 'delete' }, { name: 'retention.ms', value: '-1' }, safe]
  const existing = new Set(await admin.listTopics())
  const topics: ITopicConfig[] = [
    { topic: ordersTopic(config), numPartitions: config.KAFKA_PARTITIONS, replicationFactor, configEntries },
    {
      topic: stockLevelsTopic(config),
      numPartitions: config.KAFKA_PARTITIONS,
      replicationFactor,
      configEntries: [{ name: 'cleanup.policy', value: 'compact' }, safe],
    },
    ...groups.map((group) => ({
      topic: deadLetterTopic(config, group),
      numPartitions: 1,
      replicationFactor,
      configEntries,
    })),
    ...groups.map((group) => ({
      topic: redriveTopic(config, group),
      numPartitions: config.KAFKA_PARTITIONS,
      replicationFactor,
      configEntries,
    })),
    ...lanes.map((lane) => ({
      topic: laneTopic(config, lane),
      numPartitions: config.KAFKA_PARTITIONS,
      replicationFactor,
      configEntries: [{ name: 'cleanup.policy', value: 'delete' }, { name: 'retention.ms', value: laneKeptMs }, safe],
    })),
  ].filter(({ topic }) => !existing.has(topic))
  if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true })
}
