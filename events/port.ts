import type { RawMessage } from './envelope.ts'
import type { Commit, Place } from './offsets.ts'

/**
 * What this system needs of a Kafka client to publish and to consume, and nothing more: whatever is written against it
 * works with each of the clients in `clients/`. Looking after topics and groups is not part of it.
 */
export type Broker = {
  /** @returns a connected one. @throws when no broker answers, after as many tries as outlast a broker's restart. */
  readonly producer: () => Promise<Producer>
  /** @returns when the group has been joined. */
  readonly consume: (options: ConsumeOptions) => Promise<Consuming>
}

export type OutgoingMessage = {
  readonly key: Buffer | string | null
  readonly value: Buffer | string | null
  readonly headers?: RawMessage['headers']
}

export type Outgoing = {
  readonly topic: string
  /** All replicas in sync: nothing less is offered. */
  readonly acks?: -1
  readonly messages: OutgoingMessage[]
}

export type Producer = {
  /**
   * Messages of one key land on one partition, whichever client sends them. Resolves when all are stored; tries again
   * for as long as a broker's restart takes, so that a message may be stored twice.
   */
  send(batch: Outgoing): Promise<unknown>
  disconnect(): Promise<void>
}

/** Messages of one partition in order. */
export type Batch = Place & {
  readonly messages: readonly RawMessage[]
  readonly firstOffset: string
  readonly lastOffset: string
  /** The partition may be somebody else's now, or the consumer stops: what is not done is left to whoever is next. */
  readonly requested: () => boolean
  /** To be called at least every few seconds by whoever waits. @throws when the group rebalances. */
  readonly heartbeat: () => Promise<void>
  /** For the membership under which the batch came: nothing is committed for a later one. */
  readonly commit: Commit
}

export type ConsumeOptions = {
  readonly group: string
  /** Each from its first message on where the group has committed nothing. */
  readonly topics: readonly string[]
  /** Default: 3. A partition's batches come strictly one after the other. */
  readonly partitionsAtOnce?: number
  /** Committing is up to it. @returns whether the whole batch was handled; otherwise it comes again, as where it throws. */
  readonly eachBatch: (batch: Batch) => Promise<boolean>
  /** Batches under way are stale, and what they have not committed is read again by whoever gets their partitions. */
  readonly onRebalance: () => void
  /** Nothing is consumed any more: the process has to end and be started again. Whatever passes is waited out instead. */
  readonly onCrash: (error: Error) => void
}

export type Consuming = {
  /** Waits for the batches under way, then leaves the group. */
  readonly stop: () => Promise<void>
}
