import { type Consumer, IS_CONTROL } from '@platformatic/kafka'
import type { RawMessage } from '../envelope.ts'
import type { Place } from '../offsets.ts'

export type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>

/** What a fetch brought of one partition. */
export type Records = Place & {
  readonly messages: readonly RawMessage[]
  /** The offset behind it, also where messages are missing before it. */
  readonly next: bigint
}

export const placeKey = ({ topic, partition }: Place): string => `${topic}:${partition}`

/** Kafka gives whole batches, so the first may begin before what was asked for. Partitions with nothing new are left out. */
export function toRecords(
  response: Pick<FetchResponse, 'responses'>,
  topics: ReadonlyMap<string, string>,
  positions: ReadonlyMap<string, bigint>,
): readonly Records[] {
  return response.responses.flatMap(({ topicId, partitions }) => {
    const topic = topics.get(topicId)
    if (topic === undefined) return []
    return partitions.flatMap(({ partitionIndex: partition, records = [] }) => {
      const from = positions.get(placeKey({ topic, partition })) ?? 0n
      const messages: RawMessage[] = []
      let next = from
      for (const { attributes, firstOffset, lastOffsetDelta, records: inside } of records) {
        const end = firstOffset + BigInt(lastOffsetDelta) + 1n
        if (end > next) next = end
        if ((attributes & IS_CONTROL) !== 0) continue
        for (const { key, value, headers, offsetDelta } of inside) {
          const offset = firstOffset + BigInt(offsetDelta)
          if (offset < from) continue
          messages.push({ key, value, headers: toHeaders(headers), offset: String(offset), partition })
        }
      }
      return next > from ? [{ topic, partition, messages, next }] : []
    })
  })
}

/** A name that comes several times has its values in a list. */
function toHeaders(pairs: readonly (readonly [Buffer | null, Buffer | null])[]): RawMessage['headers'] {
  const headers = new Map<string, Buffer | Buffer[]>()
  for (const [name, value] of pairs) {
    if (name === null || value === null) continue
    const key = name.toString()
    const known = headers.get(key)
    headers.set(key, known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value])
  }
  return Object.fromEntries(headers)
}
