import type { Config } from '../platform/config.ts'
import { header, type RawMessage } from './envelope.ts'
import { causeOf, safeMessage } from './failure-text.ts'
import type { Producer } from './port.ts'
import { readRedriveHeaders } from './redrive.ts'
import { deadLetterTopic, type Group, groupName, ordersTopic } from './topics.ts'

export type DeadLetters = {
  /** Resolves when the letter is stored: only then may the consumer move on. */
  readonly store: (message: RawMessage, error: unknown, attempts: number) => Promise<void>
}

/**
 * The original bytes and headers, and beside them where they came from, why they are here and how often it was tried.
 * What was redriven and fails again is the same letter: it says where it stood first, and how often it was redriven.
 */
export function makeDeadLetters(
  producer: Pick<Producer, 'send'>,
  config: Pick<Config, 'KAFKA_PREFIX'>,
  group: string,
): DeadLetters {
  return {
    async store(message, error, attempts) {
      const before = message.redriven ? readRedriveHeaders(message) : undefined
      const [cause, text] = [causeOf(error), safeMessage(error)]
      const headers = {
        ...originalHeaders(message, message.redriven === true),
        dlt_group: groupName(config, group),
        dlt_topic: ordersTopic(config),
        dlt_partition: String(before?.partition ?? message.partition),
        dlt_offset: before?.offset ?? message.offset,
        dlt_redrives: String(before?.number ?? 0),
        dlt_attempts: String(attempts),
        dlt_cause: cause,
        dlt_error: `${cause}: ${text}`,
        dlt_message: text,
        dlt_failed_at: new Date().toISOString(),
      }
      await producer.send({
        topic: deadLetterTopic(config, group),
        acks: -1,
        messages: [{ key: message.key, value: message.value, headers }],
      })
    },
  }
}

type Headers = Record<string, Buffer | string | (Buffer | string)[]>

/** Without what a redrive put beside them. */
function originalHeaders({ headers }: Pick<RawMessage, 'headers'>, redriven: boolean): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || (redriven && name.startsWith('redrive_')) ? [] : [[name, value]],
    ),
  )
}

/** A dead letter as it is read back from its topic. */
export type DeadLetter = {
  readonly group: Group
  /** Where the message stood first. */
  readonly topic: string
  readonly partition: number
  readonly offset: string
  /** How often it had been redriven when it failed this time. */
  readonly redrives: number
  readonly attempts: number
  readonly cause: string
  readonly message: string
  readonly failedAt: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** The original ones, byte for byte. */
  readonly headers: readonly (readonly [name: string, value: Buffer])[]
}

/** One that a database knows. */
const isMoment = (text: string): boolean => Date.parse(text) >= 0 && Date.parse(text) < Date.UTC(10_000, 0)

/** Never fails: what somebody else put on the topic is listed too, as standing where it was found. */
export function readDeadLetter(group: Group, topic: string, message: RawMessage): DeadLetter {
  const text = (name: string): string => header(message, `dlt_${name}`) ?? ''
  const whole = (name: string, least: number): number | undefined =>
    /^\d{1,9}$/.test(text(name)) && Number(text(name)) >= least ? Number(text(name)) : undefined
  const isOurs = whole('partition', 0) !== undefined && /^\d{1,18}$/.test(text('offset'))
  const [, name = '', told = ''] = /^(\w+): ([^]*)$/.exec(text('error')) ?? []
  return {
    group,
    topic: isOurs
      ? text('topic')
          .slice(0, 249)
          .replaceAll(/[^\x21-\x7e]/g, '_')
      : topic,
    partition: isOurs ? Number(text('partition')) : message.partition,
    offset: isOurs ? text('offset') : message.offset,
    redrives: whole('redrives', 0) ?? 0,
    attempts: whole('attempts', 1) ?? 1,
    cause: (text('cause') || name || 'unknown').slice(0, 64).replaceAll(/[^\x21-\x7e]/g, '_'),
    message: (text('message') || told).slice(0, 500),
    failedAt: isMoment(text('failed_at')) ? text('failed_at') : new Date(0).toISOString(),
    key: message.key,
    value: message.value,
    headers: Object.entries(originalHeaders(message, true)).flatMap(([header_, value]) =>
      header_.startsWith('dlt_')
        ? []
        : (Array.isArray(value) ? value : [value]).map((one) => [header_, Buffer.from(one)] as const),
    ),
  }
}
