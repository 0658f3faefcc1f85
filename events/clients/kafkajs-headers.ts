import type { IHeaders } from 'kafkajs'
import type { RawMessage } from '../envelope.ts'

/**
 * kafkajs puts the headers of a message into an object, where `constructor`, `toString` and the like are there before
 * any came: such a header gets a function beside its value, and a header may have no value at all. What is no value is
 * left out: a message that nobody could send on to the dead letters would hold up its partition.
 */
export const headersOf = (headers: IHeaders = {}): RawMessage['headers'] =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, given]) => {
      const values: readonly unknown[] = Array.isArray(given) ? given : [given]
      const [first, ...more] = values.filter(isValue)
      if (first === undefined) return []
      return [[name, more.length === 0 ? first : [first, ...more]]]
    }),
  )

const isValue = (value: unknown): value is Buffer | string => typeof value === 'string' || Buffer.isBuffer(value)
