import { type Random, seeded, upTo } from '../platform/seeded.ts'
import type { RawMessage } from './envelope.ts'

export type Deliver = (messages: readonly RawMessage[]) => readonly (readonly RawMessage[])[]

/** As often as a message is delivered at most. */
const most = 3

/**
 * The worst that Kafka may do to a consumer: each message comes one to three times, orders mixed, in batches of any
 * size. Only the first deliveries of one order keep their sequence, as they do in a partition; a repetition may come
 * after anything, in the same batch, in a later one, or with the next that is fetched.
 */
export function makeShuffle(seed: number): Deliver {
  const random = seeded(seed)
  const later = new Map<number, readonly RawMessage[]>()
  return (messages) => {
    const [first] = messages
    if (first === undefined) return []
    const once = mixed(random, messages)
    const all = [...once]
    const next: RawMessage[] = []
    for (const message of once) {
      for (let again = upTo(random, most); again > 0; again -= 1) {
        const behind = all.indexOf(message) + 1
        if (upTo(random, 3) === 0) next.push(message)
        else all.splice(behind + upTo(random, all.length - behind + 1), 0, message)
      }
    }
    for (const message of later.get(first.partition) ?? []) all.splice(upTo(random, all.length + 1), 0, message)
    later.set(first.partition, next)
    return parts(random, all)
  }
}

/** Whose turn it is is chance; what comes of one key keeps its sequence. */
function mixed(random: Random, messages: readonly RawMessage[]): readonly RawMessage[] {
  const queues = new Map<string, RawMessage[]>()
  for (const message of messages) {
    const key = message.key?.toString() ?? ''
    queues.set(key, [...(queues.get(key) ?? []), message])
  }
  const left = [...queues.values()]
  return messages.flatMap(() => {
    const queue = left[upTo(random, left.length)] ?? []
    const message = queue.shift()
    if (queue.length === 0) left.splice(left.indexOf(queue), 1)
    return message ?? []
  })
}

function parts(random: Random, messages: readonly RawMessage[]): readonly (readonly RawMessage[])[] {
  if (messages.length === 0) return []
  const size = 1 + upTo(random, messages.length)
  return [messages.slice(0, size), ...parts(random, messages.slice(size))]
}
