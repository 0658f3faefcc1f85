import type { Config } from '../platform/config.ts'
import type { RawMessage } from './envelope.ts'
import type { Producer } from './kafka.ts'
import { deadLetterTopic, groupName, ordersTopic } from './topics.ts'

export type DeadLetters = {
  /** Resolves when the letter is stored: only then may the consumer move on. */
  readonly store: (message: RawMessage, error: unknown, attempts: number) => Promise<void>
}

/** The original bytes and headers, and beside them where they came from, why they are here and how often it was tried. */
export function makeDeadLetters(
  producer: Pick<Producer, 'send'>,
  config: Pick<Config, 'KAFKA_PREFIX'>,
  group: string,
): DeadLetters {
  return {
    async store(message, error, attempts) {
      const headers = {
        ...Object.fromEntries(Object.entries(message.headers).filter(([, value]) => value !== undefined)),
        dlt_group: groupName(config, group),
        dlt_topic: ordersTopic(config),
        dlt_partition: String(message.partition),
        dlt_offset: message.offset,
        dlt_attempts: String(attempts),
        dlt_error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 1_000) : 'unknown',
        dlt_failed_at: new Date().toISOString(),
      }
      await producer.send({
        topic: deadLetterTopic(config, group),
        acks: -1,
        messages: [{ key: message.key, value: message.value, headers: headers as Record<string, Buffer | string> }],
      })
    },
  }
}
