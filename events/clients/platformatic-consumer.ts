import { setTimeout as pause } from 'node:timers/promises'
import { Consumer } from '@platformatic/kafka'
import type { Log } from '../../platform/log.ts'
import type { ConsumeOptions, Consuming } from '../port.ts'
import { type Reading, startReading } from './platformatic-reading.ts'
import { makePatience } from './platformatic-patience.ts'
import { type Connecting, consumerSettings, groupSettings } from './platformatic-settings.ts'

const leavingMs = 5_000

/** Stays in the group until it is stopped, whatever happens to the broker in between. */
export async function joinAndConsume(connecting: Connecting, options: ConsumeOptions, log: Log): Promise<Consuming> {
  const stopped = new AbortController()
  const patience = makePatience(log)
  /** Kept from one connection to the next, so that the group waits for no member that is not there any more. */
  let memberId: string | null = null

  async function beMember(joined: () => void): Promise<void> {
    const consumer = new Consumer({ ...connecting, ...consumerSettings, ...groupSettings, groupId: options.group })
    consumer.memberId = memberId
    for (const topic of options.topics) consumer.topics.track(topic)
    let reading: Reading | undefined
    let lost: Error | undefined
    let rejoins = false
    let wake = (): void => undefined
    const endReading = (): void => {
      reading?.end('stale')
      options.onRebalance()
    }
    // after an error the library sends no more heartbeats, and it never looks for another coordinator
    const lose = (error: Error): void => {
      lost ??= error
      endReading()
      wake()
    }
    const stop = (): void => {
      reading?.end('stopped')
      wake()
    }
    consumer.on('error', lose)
    consumer.on('consumer:heartbeat:error', ({ error }) => lose(error))
    consumer.on('consumer:group:rebalance', () => {
      rejoins = true
      endReading()
    })
    consumer.on('consumer:group:join', () => {
      rejoins = false
      memberId = consumer.memberId
      if (reading !== undefined && reading.generation !== consumer.generationId) endReading()
      wake()
    })
    stopped.signal.addEventListener('abort', stop)
    try {
      await consumer.joinGroup({ ...groupSettings }).then(joined, lose)
      while (!stopped.signal.aborted && lost === undefined) {
        if (rejoins) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          continue
        }
        reading = startReading({ connecting, consumer, consume: options, patience, log })
        await reading.done
      }
      if (lost !== undefined) throw lost
    } finally {
      stopped.signal.removeEventListener('abort', stop)
      if (lost !== undefined && !stopped.signal.aborted) consumer.memberId = null // closed without leaving
      await atMost(leavingMs, close(consumer))
    }
  }

  async function close(consumer: Consumer): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        consumer.leaveGroup(true, (error) => (error === null ? resolve() : reject(error)))
      })
    } catch (error) {
      log.debug({ err: error }, 'kafka: the group was not left; it will miss its member')
      consumer.memberId = null
    }
    await consumer.close().catch((error: unknown) => log.debug({ err: error }, 'kafka: a connection was not closed'))
  }

  async function run(joined: () => void): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await beMember(joined)
      } catch (error) {
        if (stopped.signal.aborted) return
        await patience.wait(error, stopped.signal)
      }
    }
  }

  return new Promise<Consuming>((resolve, reject) => {
    const ended = run(() => resolve({ stop })).catch((error: unknown) => {
      const crash = error instanceof Error ? error : new Error('the consumer crashed', { cause: error })
      log.error({ err: crash }, 'the consumer crashed')
      reject(crash) // of whoever waits for the start; afterwards nobody does
      options.onCrash(crash)
    })
    async function stop(): Promise<void> {
      stopped.abort()
      await ended
    }
  })
}

const atMost = (ms: number, work: Promise<void>): Promise<void> =>
  Promise.race([work, pause(ms, undefined, { ref: false })])
