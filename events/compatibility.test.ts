import { describe, expect, it } from 'vitest'
import { compareContracts, compareSchemas } from './compatibility.ts'
import { type JsonSchema, jsonSchemas } from './json-schemas.ts'

const money = {
  type: 'object',
  properties: { amountMinor: { type: 'integer' }, currency: { type: 'string', minLength: 3 } },
  required: ['amountMinor', 'currency'],
}
const schema: JsonSchema = {
  $id: '/schemas/order.paid.v1.json',
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['open', 'paid'] },
    actor: { type: 'string', examples: ['customer'] },
    total: money,
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
    note: { type: 'string' },
  },
  required: ['status', 'total'],
}
const fields = schema['properties'] as Readonly<Record<string, JsonSchema>>
const withFields = (changed: Readonly<Record<string, unknown>>, required: readonly string[] = ['status', 'total']) => ({
  ...schema,
  properties: { ...fields, ...changed },
  required,
})
const without = (name: string) => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name)),
})

describe('what needs a version', () => {
  it.each<readonly [string, JsonSchema, string]>([
    ['a field that is gone', without('note'), 'data.note: was removed'],
    [
      'a field that is gone further down',
      withFields({ total: { ...money, properties: { amountMinor: {} } } }),
      'data.total.currency: was removed',
    ],
    [
      'a field that is not in every event any more',
      withFields({}, ['status']),
      'data.total: was in every event and is optional now',
    ],
    [
      'a field that has to be there from now on',
      withFields({}, ['status', 'total', 'note']),
      'data.note: is required now',
    ],
    [
      'a new field that has to be there',
      withFields({ vat: money }, ['status', 'total', 'vat']),
      'data.vat: is new and required',
    ],
    ['another type', withFields({ note: { type: 'integer' } }), 'data.note: type was "string" and is "integer"'],
    ['a type that may be null', withFields({ note: { type: ['string', 'null'] } }), 'data.note: type was'],
    [
      'a narrower type',
      withFields({ note: { type: 'string', maxLength: 5 } }),
      'data.note: maxLength was absent and is 5',
    ],
    [
      'a value that nobody knows',
      withFields({ status: { type: 'string', enum: ['open', 'paid', 'lost'] } }),
      'data.status: has the new value "lost"',
    ],
    [
      'a value that is gone',
      withFields({ status: { type: 'string', enum: ['open'] } }),
      'data.status: lost the value "paid"',
    ],
    [
      'a list of values where anything went',
      withFields({ actor: { type: 'string', enum: ['customer'] } }),
      'data.actor: its list of values was added',
    ],
    [
      'a list of values that is open now',
      withFields({ status: { type: 'string' } }),
      'data.status: its list of values was taken away',
    ],
    [
      'other items of a list',
      withFields({ lines: { type: 'array', items: { type: 'string' } } }),
      'data.lines[]: type was "object" and is "string"',
    ],
    ['one of several shapes', withFields({ note: { anyOf: [{ type: 'string' }] } }), 'data.note: anyOf was absent'],
  ])('%s', (_what, now, said) => {
    expect(compareSchemas(schema, now).breaks.join('\n')).toContain(said)
  })

  it('a type that is renamed or gone', () => {
    const { breaks, additions } = compareContracts(
      new Map([['order.paid.v1.json', schema]]),
      new Map([['order.settled.v1.json', schema]]),
    )
    expect(breaks).toEqual(['order.paid.v1.json: order.paid was published and is gone or renamed'])
    expect(additions).toEqual(['order.settled.v1.json: is new'])
  })
})

describe('what needs none', () => {
  it('a field that is new and optional, wherever it is', () => {
    const now = withFields({ vat: money, total: { ...money, properties: { ...money.properties, net: {} } } })
    expect(compareSchemas(schema, now)).toEqual({
      breaks: [],
      additions: ['data.total.net: is new and optional', 'data.vat: is new and optional'],
    })
  })

  it('another value of what is open, another description', () => {
    const now = withFields({ actor: { type: 'string', examples: ['customer', 'robot'], description: 'Who' } })
    expect(compareSchemas(schema, now)).toEqual({ breaks: [], additions: [] })
  })

  it('a change with a version of its own, the one before staying published', () => {
    const now = new Map([['order.paid.v2.json', without('note')]])
    expect(compareContracts(new Map([['order.paid.v1.json', schema]]), now)).toEqual({
      breaks: [],
      additions: ['order.paid.v2.json: is new'],
    })
  })

  it('no change at all of the whole contract', () => {
    expect(compareContracts(jsonSchemas(), jsonSchemas())).toEqual({ breaks: [], additions: [] })
  })
})
