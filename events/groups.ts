import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { type Admin, connectKafka } from './kafka.ts'
import { readStandstill, type Standstill } from './standstill.ts'
import { type Group, groupName, groups, ordersTopic, redriveTopic } from './topics.ts'

/** How a consumer group is doing. */
export type GroupHealth = {
  /** Processes that consume now; 0: nobody does. */
  readonly members: number
  /** Messages on the topic that it has not committed; commits come every half second. */
  readonly lag: number
  /** Since when and why its longest-standing partition waits for an outage to end; absent while all move. */
  readonly standsStill?: Standstill
}

export type GroupWatch = {
  /** @returns undefined where Kafka does not tell within a second and a half. */
  readonly read: () => Promise<ReadonlyMap<Group, GroupHealth> | undefined>
  /** Waits until the group has taken in everything that is on the topic now. @returns false if it has not in time. */
  readonly caughtUp: (group: Group) => Promise<boolean>
  readonly stop: () => Promise<void>
}

const freshForMs = 2_000
const patienceMs = 1_500
const catchUpMs = 8_000

/** Looks at the groups when somebody asks, at most every two seconds, however many ask. */
export function watchGroups(config: Config, log: Log): GroupWatch {
  const kafka = connectKafka(config, log, 'groups')
  let admin: Promise<Admin> | undefined
  let last: { readonly at: number; readonly health: Promise<ReadonlyMap<Group, GroupHealth>> } | undefined

  async function connect(): Promise<Admin> {
    const connecting = kafka.admin({ retry: { retries: 1 } })
    await connecting.connect()
    return connecting
  }

  /** On one connection, which is made anew after a failure. */
  async function ask<Result>(use: (connected: Admin) => Promise<Result>): Promise<Result> {
    admin ??= connect()
    try {
      return await use(await admin)
    } catch (error) {
      admin = undefined
      throw error
    }
  }

  return {
    async read() {
      if (last === undefined || Date.now() - last.at > freshForMs)
        last = { at: Date.now(), health: ask((connected) => describe(connected, config)) }
      const timer = new AbortController()
      const giveUp = new Promise<undefined>((resolve) => {
        const timeout = setTimeout(() => resolve(undefined), patienceMs)
        timer.signal.addEventListener('abort', () => clearTimeout(timeout))
      })
      try {
        return await Promise.race([last.health, giveUp])
      } catch (error) {
        log.debug({ err: error }, 'Kafka does not tell how the groups are doing')
        return undefined
      } finally {
        timer.abort()
      }
    },
    async caughtUp(group) {
      try {
        return await ask((connected) => untilCommitted(connected, config, group))
      } catch (error) {
        log.warn({ err: error }, 'Kafka does not tell whether a group has caught up')
        return false
      }
    },
    async stop() {
      const connected = await admin?.catch(() => undefined) // never connected: nothing to end
      await connected?.disconnect()
    },
  }
}

async function describe(admin: Admin, config: Config): Promise<ReadonlyMap<Group, GroupHealth>> {
  const ids = groups.map((group) => groupName(config, group))
  const [described, ends] = await Promise.all([admin.describeGroups(ids), admin.fetchTopicOffsets(ordersTopic(config))])
  const health = await Promise.all(
    groups.map(async (group) => {
      const id = groupName(config, group)
      const [orders, redrives] = [ordersTopic(config), redriveTopic(config, group)]
      const [read, redriven] = await Promise.all([
        admin.fetchOffsets({ groupId: id, topics: [orders, redrives] }),
        admin.fetchTopicOffsets(redrives),
      ])
      const lag = lagOf(ends, partitionsOf(read, orders)) + lagOf(redriven, partitionsOf(read, redrives))
      const standing = read
        .flatMap(({ partitions }) => partitions.map(({ metadata }) => readStandstill(metadata)))
        .filter((one) => one !== undefined)
        .toSorted((a, b) => (a.since < b.since ? -1 : 1))
      const members = described.groups.find(({ groupId }) => groupId === id)?.members.length ?? 0
      return [group, { members, lag, ...(standing[0] && { standsStill: standing[0] }) }] as const
    }),
  )
  return new Map(health)
}

type End = { readonly partition: number; readonly high: string; readonly low: string }
type Committed = { readonly partition: number; readonly offset: string }

export const partitionsOf = (read: Awaited<ReturnType<Admin['fetchOffsets']>>, name: string) =>
  read.find(({ topic }) => topic === name)?.partitions ?? []

/** A partition that was read beyond `ends` meanwhile makes up for no other. */
export const lagOf = (ends: readonly End[], offsets: readonly Committed[]): number =>
  ends.reduce((sum, { partition, high, low }) => {
    const committed = Number(offsets.find((each) => each.partition === partition)?.offset ?? -1)
    return sum + Math.max(0, Number(high) - (committed < 0 ? Number(low) : committed))
  }, 0)

/** What is on the topic, and what staff sent once more, at the start is what counts: more keeps coming. */
async function untilCommitted(admin: Admin, config: Config, group: Group): Promise<boolean> {
  const topics = [ordersTopic(config), redriveTopic(config, group)]
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))
  for (const until = Date.now() + catchUpMs; Date.now() < until; await pause(300)) {
    const read = await admin.fetchOffsets({ groupId: groupName(config, group), topics })
    const lags = topics.map((name, at) => lagOf(ends[at] ?? [], partitionsOf(read, name)))
    if (lags.every((lag) => lag === 0)) return true
  }
  return false
}
