import type { Log } from '../platform/log.ts'
import { measure, openAtZero, outcomes, timed } from '../platform/meters.ts'
import type { EventMessage } from './envelope.ts'
import type { Producer } from './port.ts'

export type Publisher = {
  /** Resolves when Kafka has acknowledged all of them (acks=all). A message whose id is already waiting is joined. */
  readonly publish: (messages: readonly EventMessage[]) => Promise<void>
  /** Sends what is waiting, then disconnects. */
  readonly stop: () => Promise<void>
}

type Waiting = {
  readonly message: EventMessage
  readonly done: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Messages per send; more wait for the next one. */
const batchSize = 500

/**
 * Collects what is published while a batch is under way and sends it as the next one. One batch in flight: concurrent
 * sends overtake each other when a broker is killed (hundreds reordered of a few thousand), serial ones don't.
 */
export function makePublisher(producer: Pick<Producer, 'send' | 'disconnect'>, topic: string, log: Log): Publisher {
  const waiting = new Map<string, Waiting>()
  let sending: Promise<void> | undefined
  const duration = 'messaging_client_operation_duration_seconds'
  for (const outcome of outcomes) openAtZero({ name: duration, labels: { destination: topic, outcome } })
  const tellDuration = (seconds: number, outcome: string) => measure(duration, { destination: topic, outcome }, seconds)

  async function send(batch: readonly Waiting[]): Promise<void> {
    try {
      const messages = batch.map(({ message: { key, value, headers } }) => ({ key, value, headers: { ...headers } }))
      await timed(tellDuration, () => producer.send({ topic, acks: -1, messages }))
      for (const entry of batch) entry.resolve()
    } catch (error) {
      log.warn({ err: error, messages: batch.length }, 'a batch was not published; whoever asked will ask again')
      for (const entry of batch) entry.reject(error)
    }
    for (const { message } of batch) waiting.delete(idOf(message))
  }

  async function drain(): Promise<void> {
    while (waiting.size > 0) await send([...waiting.values()].slice(0, batchSize))
    sending = undefined
  }

  return {
    async publish(messages) {
      const entries = messages.map((message) => {
        const known = waiting.get(idOf(message))
        if (known !== undefined) return known
        const entry = makeWaiting(message)
        waiting.set(idOf(message), entry)
        return entry
      })
      // In the next turn of the loop, so that everything published in this one shares the batch.
      sending ??= new Promise<void>((resolve) => setImmediate(resolve)).then(drain)
      await Promise.all(entries.map((entry) => entry.done))
    },
    async stop() {
      await sending
      await producer.disconnect()
    },
  }
}

const idOf = ({ headers, key }: EventMessage): string => headers['ce_id'] ?? key

function makeWaiting(message: EventMessage): Waiting {
  let resolve: () => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const done = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  done.catch(() => undefined) // whoever publishes awaits it too and decides; nobody may be left to, after a time-out
  return { message, done, resolve, reject }
}
