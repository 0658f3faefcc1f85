import { createHash } from 'node:crypto'
import { orderId } from '../domain/ids.ts'
import { eventId, type EventType, type OrderEvent, type OrderEventData, subjectOf } from '../domain/saga/event.ts'
import { versionOf } from './catalogue.ts'
import { headersSchema, orderEventDataSchema } from './contract.ts'

/** A Kafka message of ours: text only, so that the same event is the same bytes wherever it is made. */
export type EventMessage = {
  readonly key: string
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
}

/** A message as it was read, byte for byte. */
export type RawMessage = {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
  readonly partition: number
  readonly offset: string
  /** It failed before and staff sent it once more, to this group alone. */
  readonly redriven?: true
}

/** An event that was read, with the hash of all that its id promises: type, time, trace and data. */
export type ReceivedEvent = OrderEvent & {
  readonly hash: string
  /** Sent once more by staff: later events of its order may have been handled, or be under way, already. */
  readonly redriven?: true
}

/** Where the schema of this type's data is served, by the version that is sent now. */
export const dataschemaOf = (type: string): string => `/schemas/${type}.v${versionOf(type)}.json`

/** CloudEvents 1.0 in Kafka's binary mode: attributes are headers, the value is the data. */
export function toMessage(event: OrderEvent): EventMessage {
  const awaited = [...new Set(event.data.asks?.map((ask) => ask.participant))]
  return {
    key: event.orderId,
    value: JSON.stringify(event.data),
    headers: {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: '/orders',
      ce_subject: subjectOf(event.orderId, event.type),
      ce_time: event.time,
      ce_sequence: String(event.sequence),
      ce_dataschema: dataschemaOf(event.type),
      ...(awaited.length > 0 && { ce_awaits: awaited.join(',') }),
      ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
      'content-type': 'application/json',
    },
  }
}

/** One header's text; headers alone decide whether a message is worth parsing. */
export function header(message: Pick<RawMessage, 'headers'>, name: string): string | undefined {
  const value = message.headers[name]
  return value === undefined ? undefined : (Array.isArray(value) ? value[0] : value)?.toString()
}

/** What a message is called in logs: it may be one that can't be read. */
export function namesOf(message: Pick<RawMessage, 'headers' | 'key'>) {
  return {
    event: header(message, 'ce_id'),
    orderId: message.key?.toString().slice(0, 64),
    traceId: traceIdOf(header(message, 'traceparent')),
  }
}

/** The part of a W3C trace context that all of a trace share. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  /^00-([0-9a-f]{32})-/.exec(traceparent ?? '')?.[1]

export const isAwaiting = (message: Pick<RawMessage, 'headers'>, participant: string): boolean =>
  header(message, 'ce_awaits')?.split(',').includes(participant) ?? false

/**
 * Reads a message of the `orders` topic.
 * @throws {UnreadableMessage} with what is wrong; such a message is poison for every reader and goes to the dead letters.
 */
export function fromMessage(message: RawMessage): ReceivedEvent {
  const names = Object.keys(message.headers)
  const headers = headersSchema.safeParse(Object.fromEntries(names.map((name) => [name, header(message, name)])))
  if (!headers.success) throw new UnreadableMessage(`headers: ${firstIssue(headers.error)}`)
  const { ce_id: id, ce_type: type, ce_subject: subject, ce_sequence: sequence, ce_time: time } = headers.data
  if (id !== eventId(subject, sequence)) throw new UnreadableMessage(`ce_id ${id} is not subject:sequence`)
  const key = message.key?.toString() ?? ''
  if (subjectOf(key, type) !== subject) throw new UnreadableMessage('the key is not the order id')
  const text = message.value?.toString() ?? ''
  return {
    id,
    type: type as EventType,
    orderId: orderId(key),
    sequence,
    time,
    ...(headers.data.traceparent !== undefined && { traceparent: headers.data.traceparent }),
    data: readData(text),
    ...(message.redriven && { redriven: true as const }),
    hash: createHash('sha256')
      .update([type, time, headers.data.traceparent ?? '', text].join('\n'))
      .digest('base64url'),
  }
}

function readData(text: string): OrderEventData {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new UnreadableMessage('the value is not JSON', { cause: error })
  }
  const data = orderEventDataSchema.safeParse(json)
  if (!data.success) throw new UnreadableMessage(`data: ${firstIssue(data.error)}`)
  // The schema describes OrderEventData field by field; ids are branded and unknown fields dropped by it.
  return data.data as unknown as OrderEventData
}

function firstIssue(error: { readonly issues: readonly { readonly path: PropertyKey[]; readonly message: string }[] }) {
  const issue = error.issues[0]
  return issue === undefined ? 'invalid' : `${issue.path.map(String).join('.') || '(whole)'}: ${issue.message}`
}

export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage'
}
