import type { Config } from '../platform/config.ts'
import { header, type RawMessage } from './envelope.ts'
import type { Producer } from './port.ts'
import { type Group, redriveTopic } from './topics.ts'

/** A dead letter on its way back to the group that could not process it, and to no other. */
export type Redrive = {
  readonly group: Group
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [name: string, value: Buffer])[]
  /** Where it stood first: should it fail again, it is the same letter. */
  readonly partition: number
  readonly offset: string
  /** The how many-th redrive of this letter it is. */
  readonly number: number
}

export type Redriver = {
  /** In their order. Resolves when Kafka has them all; some may have been sent where it throws. */
  readonly send: (redrives: readonly Redrive[]) => Promise<void>
}

export function makeRedriver(producer: Pick<Producer, 'send'>, config: Config): Redriver {
  return {
    async send(redrives) {
      for (const group of new Set(redrives.map((one) => one.group))) {
        const messages = redrives
          .filter((one) => one.group === group)
          .map(({ key, value, headers, partition, offset, number }) => ({
            key,
            value,
            headers: {
              ...grouped(headers),
              redrive_partition: String(partition),
              redrive_offset: offset,
              redrive_number: String(number),
            },
          }))
        await producer.send({ topic: redriveTopic(config, group), acks: -1, messages })
      }
    },
  }
}

/** What a redrive says of itself. @returns undefined where the message is not one of ours. */
export function readRedriveHeaders(message: Pick<RawMessage, 'headers'>) {
  const [partition, offset, number] = ['partition', 'offset', 'number'].map((name) =>
    header(message, `redrive_${name}`),
  )
  if (offset === undefined || !/^\d{1,18}$/.test(offset) || !isWhole(partition) || !isWhole(number)) return undefined
  return { partition: Number(partition), offset, number: Number(number) }
}

const isWhole = (text: string | undefined): boolean => text !== undefined && /^\d{1,9}$/.test(text)

function grouped(headers: Redrive['headers']): Record<string, Buffer | Buffer[]> {
  const byName = new Map<string, Buffer[]>()
  for (const [name, value] of headers) byName.set(name, [...(byName.get(name) ?? []), value])
  return Object.fromEntries(
    [...byName].map(([name, values]) => [name, values.length === 1 && values[0] ? values[0] : values]),
  )
}
