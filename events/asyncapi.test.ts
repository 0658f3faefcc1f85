import specs from '@asyncapi/specs'
import { Ajv, type AnySchemaObject } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { makeAsyncApi } from './asyncapi.ts'
import { orderKinds, stockKinds } from './catalogue.ts'

const document = makeAsyncApi()
// the official schema brings draft 7 along
const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, unicodeRegExp: false })
addFormats.default(ajv)
const validate = ajv.compile(specs.schemas['3.0.0'] as AnySchemaObject)

/** Where a reference within the document leads. */
const at = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>> | undefined)?.[name], document)

describe('the AsyncAPI document', () => {
  it('is valid by the official schema of AsyncAPI 3.0', () => {
    expect([validate(document), validate.errors]).toEqual([true, null])
  })

  it('would not be with a channel that is none', () => {
    expect(validate({ ...document, channels: { orders: { address: 7 } } })).toBe(false)
  })

  it('leads somewhere with every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    )
    expect(references.length).toBeGreaterThan(100)
    expect(references.filter((reference) => at(reference) === undefined)).toEqual([])
  })

  it('has every type with its headers, key, data and an example', () => {
    for (const type of [...Object.keys(orderKinds), ...Object.keys(stockKinds)]) {
      const message = document.components.messages[type]
      expect(message?.examples?.[0]?.headers['ce_type'], type).toBe(type)
      expect(message?.payload, type).toBeDefined()
      expect(JSON.stringify(message?.bindings), type).toContain('"key"')
    }
    expect(Object.keys(document.channels['orders']?.messages ?? {})).toEqual(Object.keys(orderKinds))
  })
})
