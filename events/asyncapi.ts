import { type EventKind, orderKinds, stockKinds } from './catalogue.ts'
import { dataschemaOf } from './envelope.ts'
import type { Golden } from './golden-events.ts'
import { type JsonSchema, jsonSchemas } from './json-schemas.ts'
import { files as goldenFiles } from './golden/index.ts'
import { groups } from './topics.ts'

export type AsyncApiMessage = {
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly description?: string
  readonly contentType?: string
  readonly headers: JsonSchema
  readonly payload?: JsonSchema
  readonly bindings: JsonSchema
  readonly examples?: readonly (Pick<Golden, 'headers'> & { readonly name: string; readonly payload: unknown })[]
}

type Reference = { readonly $ref: string }
type Channel = {
  readonly address: string
  readonly title: string
  readonly description: string
  readonly parameters?: JsonSchema
  readonly messages: Readonly<Record<string, Reference>>
  readonly bindings: JsonSchema
}

export type AsyncApiDocument = {
  readonly asyncapi: '3.0.0'
  readonly info: JsonSchema
  readonly defaultContentType: string
  readonly channels: Readonly<Record<string, Channel>>
  readonly operations: JsonSchema
  readonly components: {
    readonly messages: Readonly<Record<string, AsyncApiMessage>>
    readonly schemas: Readonly<Record<string, JsonSchema>>
  }
}

const keyed = (key: JsonSchema): JsonSchema => ({ kafka: { key, bindingVersion: '0.5.0' } })
const orderKey = keyed({ type: 'string', format: 'uuid', description: 'The order’s id, of its returns too' })
const topic = (more: JsonSchema): JsonSchema => ({ kafka: { topicConfiguration: more, bindingVersion: '0.5.0' } })

/** Names of schema and components are their own: the document's one `$id` and `$schema` are nobody's. */
const inline = ({ $id: _id, $schema: _schema, ...schema }: JsonSchema): JsonSchema => schema
const withoutVersion = (file: string): string => file.replace(/\.v\d+\.json$/, '')

const references = (names: readonly string[]): Readonly<Record<string, Reference>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]))

function message(
  [type, { says, ...kind }]: readonly [string, Pick<EventKind, 'says' | 'asks'>],
  headers: string,
  key: JsonSchema,
  golden: ReadonlyMap<string, Golden>,
): readonly [string, AsyncApiMessage] {
  const example = golden.get(dataschemaOf(type).replace('/schemas/', ''))
  const own = { ce_type: { const: type }, ce_dataschema: { const: dataschemaOf(type) } }
  return [
    type,
    {
      name: type,
      title: type,
      summary: says,
      ...(kind.asks !== undefined && { description: `Asks: ${kind.asks}.` }),
      contentType: 'application/json',
      headers: { type: 'object', allOf: [{ $ref: `#/components/schemas/${headers}` }, { properties: own }] },
      payload: { $ref: `#/components/schemas/${type}` },
      bindings: key,
      ...(example && { examples: [{ name: 'invented', headers: example.headers, payload: example.data }] }),
    },
  ]
}

const deadLetter: AsyncApiMessage = {
  name: 'deadLetter',
  title: 'Dead letter',
  summary: 'What a group could not process: original key, bytes and headers, and where, why and how often',
  headers: { $ref: '#/components/schemas/headers.dead-letters' },
  bindings: keyed({ type: 'string', description: 'As it was; may be absent' }),
}

/** What is on the topics, as AsyncAPI 3: the same schemas that the code checks with, and golden events as examples. */
export function makeAsyncApi(): AsyncApiDocument {
  const golden = new Map(Object.entries(goldenFiles)) as ReadonlyMap<string, Golden>
  const schemas = Object.fromEntries([...jsonSchemas()].map(([file, one]) => [withoutVersion(file), inline(one)]))
  const ofOrders = Object.entries(orderKinds).map((one) => message(one, 'headers.orders', orderKey, golden))
  const skuKey = keyed({ type: 'string', description: 'The SKU' })
  const ofStock = Object.entries(stockKinds).map((one) => message(one, 'headers.stock-levels', skuKey, golden))
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Holdfast events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 on Kafka in binary mode: attributes are headers, the value is the data. At least once, and ' +
        'in order per key. Fields are added, never taken away: ignore what you don’t know, types included.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      orders: {
        address: 'orders',
        title: 'Orders and their returns',
        description:
          'Key: the order’s id. `ce_sequence` counts 1, 2, 3 ... per `ce_subject` without gaps. Kept for ever. A ' +
          'system with `KAFKA_PREFIX` puts it before the name.',
        messages: references(Object.keys(orderKinds)),
        bindings: topic({ 'cleanup.policy': ['delete'], 'retention.ms': -1 }),
      },
      stockLevels: {
        address: 'stock-levels',
        title: 'Stock levels',
        description: 'Key: the SKU. Compacted: the newest of each SKU is kept. `ce_sequence` grows, with gaps.',
        messages: references(Object.keys(stockKinds)),
        bindings: topic({ 'cleanup.policy': ['compact'] }),
      },
      deadLetters: {
        address: 'orders.{group}.dlt',
        title: 'Dead letters',
        description: 'Of one consumer group; other teams’ groups have their own.',
        parameters: { group: { examples: [...groups], description: 'The consumer group' } },
        messages: references([deadLetter.name]),
        bindings: topic({ 'cleanup.policy': ['delete'], 'retention.ms': -1 }),
      },
    },
    operations: Object.fromEntries(
      ['orders', 'stockLevels', 'deadLetters'].map((channel) => [
        `${channel}.send`,
        { action: 'send', channel: { $ref: `#/channels/${channel}` } },
      ]),
    ),
    components: { messages: { ...Object.fromEntries([...ofOrders, ...ofStock]), deadLetter }, schemas },
  }
}
