import { z } from 'zod'
import { type EventKind, type Field, orderKinds, stockKinds } from './catalogue.ts'
import { deadLetterHeadersSchema, headersSchema, orderEventDataSchema } from './contract.ts'
import { stockHeadersSchema, stockLevelSchema, stockLowSchema } from './stock-levels.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** The data of one type: its own fields of the payload that all types share. Unknown fields are let through. */
export function dataSchema({ always, maybe }: Pick<EventKind, 'always' | 'maybe'>) {
  const { shape } = orderEventDataSchema
  const required = (field: Field) => {
    const schema = shape[field]
    if (!(schema instanceof z.ZodOptional)) return [field, schema] as const
    const { description = '' } = schema
    return [field, schema.unwrap().describe(description)] as const
  }
  const optional = maybe.filter((field) => !always.includes(field))
  return z.object({
    status: shape.status,
    actor: shape.actor,
    ...Object.fromEntries(always.map(required)),
    ...Object.fromEntries(optional.map((field) => [field, shape[field]])),
  })
}

/** JSON Schema 2020-12 of what is on the wire: open for fields to come. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    override({ jsonSchema }) {
      // the format says it; zod's pattern for a date is half a page
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
      if (jsonSchema.format === 'uuid') delete jsonSchema.pattern
    },
  }) as JsonSchema
}

/** Headers are text, the sequence too. */
function toHeaderSchema(schema: z.ZodObject): JsonSchema {
  const json = toJsonSchema(schema) as { readonly properties: JsonSchema }
  const { ce_sequence, ...others } = json.properties
  const sequence = ce_sequence !== undefined && { ce_sequence: { type: 'string', pattern: '^[1-9][0-9]*$' } }
  return { ...json, properties: { ...others, ...sequence } }
}

const named = (
  name: string,
  version: number,
  says: string,
  { $schema, ...schema }: JsonSchema,
): readonly [string, JsonSchema] => {
  const file = `${name}.v${version}.json`
  return [file, { $schema, $id: `/schemas/${file}`, title: name, description: says, ...schema }]
}

/** The data of every type in the version that is sent now, and the headers, by file name. */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  return new Map([
    ...Object.entries(orderKinds).map(([type, kind]) =>
      named(type, kind.version, kind.says, toJsonSchema(dataSchema(kind))),
    ),
    ...Object.entries(stockKinds).map(([type, { version, says }]) =>
      named(type, version, says, toJsonSchema(type === 'stock.low' ? stockLowSchema : stockLevelSchema)),
    ),
    named('headers.orders', 1, 'Headers of every event of an order or return', toHeaderSchema(headersSchema)),
    named('headers.stock-levels', 1, 'Headers of every event of a stock level', toHeaderSchema(stockHeadersSchema)),
    named('headers.dead-letters', 1, 'Beside the original headers', toHeaderSchema(deadLetterHeadersSchema)),
  ])
}
