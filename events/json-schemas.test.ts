import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnEventTypes } from '../domain/returns/event-types.ts'
import { driveReturns } from '../domain/returns/testing.ts'
import { movements } from '../domain/saga/messages.ts'
import { makePlan } from '../domain/saga/plan.ts'
import { finish, type Move, play } from '../domain/saga/testing-schedule.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { type Field, orderKinds, stockKinds } from './catalogue.ts'
import { eventTypes } from './contract.ts'
import { dataschemaOf, type EventMessage, fromMessage } from './envelope.ts'
import { inventedMessages } from './golden-events.ts'
import { jsonSchemas } from './json-schemas.ts'
import { readGolden, readPublished } from './published.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true })
addFormats.default(ajv)
for (const [file, schema] of readPublished()) ajv.addSchema({ ...schema }, file)

function validator(file: string): ValidateFunction {
  const validate = ajv.getSchema(file)
  if (validate === undefined) throw new Error(`${file} is not published`)
  return validate
}

const faults = (file: string, value: unknown): readonly string[] => {
  const validate = validator(file)
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map((one) => `${file}${one.instancePath} ${one.message}`)
}
const fileOf = (type: string): string => dataschemaOf(type).replace('/schemas/', '')

describe('the catalogue', () => {
  it('lists what the saga and the returns emit, and nothing else', () => {
    expect(Object.keys(orderKinds).toSorted()).toEqual(
      [...eventTypes(orderSaga.flat()), ...returnEventTypes].toSorted(),
    )
  })

  it('has a schema for each type, under the name that the header ce_dataschema gives', () => {
    const files = [...Object.keys(orderKinds), ...Object.keys(stockKinds)].map(fileOf)
    expect([...jsonSchemas().keys()]).toEqual(expect.arrayContaining(files))
  })
})

describe('a golden event', () => {
  const golden = [...readGolden()]

  it('is there for every type', () => {
    expect(golden).toHaveLength(Object.keys(orderKinds).length + Object.keys(stockKinds).length)
  })

  it.each(golden)('of %s is valid by the published schemas of data and headers', (file, { headers, data }) => {
    expect(faults(file, data)).toEqual([])
    const topic = file.startsWith('stock.') ? 'stock-levels' : 'orders'
    expect(faults(`headers.${topic}.v1.json`, headers)).toEqual([])
  })

  it('is not valid any more without a field that its schema promises', () => {
    const { data } = readGolden().get('order.placed.v1.json') ?? {}
    const { plan: _plan, ...rest } = data as { readonly plan: unknown }
    expect(faults('order.placed.v1.json', rest)).toEqual(["order.placed.v1.json must have required property 'plan'"])
  })
})

/** What is wrong with an event by its schema and by the catalogue. */
function faultsOf(type: string, data: object): readonly string[] {
  const { always, maybe } = orderKinds[type as keyof typeof orderKinds]
  const listed: readonly Field[] = ['status', 'actor', ...always, ...maybe]
  const unlisted = Object.keys(data).filter((field) => !listed.some((one) => one === field))
  return [...unlisted.map((field) => `${type} carries ${field}`), ...faults(fileOf(type), data)]
}

const which = fc.nat(50)
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({ tag: fc.constant('answer'), which, refuses: fc.constant(false), skewMs: fc.constant(0) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ tag: fc.constant('answer'), which, refuses: fc.constant(true), skewMs: fc.constant(0) }),
  },
  { weight: 3, arbitrary: fc.record({ tag: fc.constant('deadline') }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('cancel') }) },
  { weight: 3, arbitrary: fc.record({ tag: fc.constant('parcel'), movement: fc.constantFrom(...movements) }) },
  ...(['deadLetter', 'retry', 'byHand', 'approve'] as const).map((tag) => ({
    weight: 2,
    arbitrary: fc.record({ tag: fc.constant(tag), which }),
  })),
  {
    weight: 1,
    arbitrary: fc.record({ tag: fc.constant('moveDeadline'), which, ms: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('pay') }) },
)
const plan = fc
  .record({
    attempts: fc.integer({ min: 1, max: 3 }),
    above: fc.constantFrom(1, 1e9),
    grace: fc.constantFrom(0, 60_000),
  })
  .map(({ attempts, above, grace }) =>
    makePlan(orderSaga, {
      retry: { firstMs: 50, attempts },
      limits: { approval: above },
      graces: { payment: grace },
      dispatchMs: 100_000,
    }),
  )

describe('every event', () => {
  it('of an order, whatever happens to it, carries what its schema says and nothing unlisted', () => {
    fc.assert(
      fc.property(plan, fc.array(move, { maxLength: 40, size: 'max' }), (steps, moves) => {
        const order = play(steps, moves)
        finish(order)
        expect(order.events.flatMap(({ type, data }) => faultsOf(type, data))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('of its returns too', () => {
    const act = fc.record({ what: fc.nat(6), number: fc.integer({ min: 1, max: 3 }), yes: fc.boolean() })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30, size: 'max' }), fc.boolean(), (acts, approves) => {
        const order = driveReturns(approves ? 10_000 : 0)
        for (const { what, number, yes } of acts) {
          if (what === 0) order.requests([{ sku: 'CUP', quantity: 1 }])
          else if (what === 1) order.decides(number, yes)
          else if (what === 2) order.receives(number)
          else if (what === 3) order.refunds(100)
          else if (what === 6) order.retries(number)
          else order.answer(number, what === 4 ? 'restock' : 'refund', yes ? 'completed' : 'rejected')
        }
        expect(order.events.flatMap(({ type, data }) => faultsOf(type, data))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('of the invented orders is valid and read back as it was sent', () => {
    for (const message of inventedMessages().filter(({ headers }) => headers['ce_source'] === '/orders')) {
      const { type, data } = message.headers['ce_type']
        ? fromMessage({ ...message, ...bytes(message), partition: 0, offset: '0' })
        : { type: '', data: {} }
      expect(faultsOf(type, data)).toEqual([])
      expect(JSON.parse(message.value)).toEqual(data)
    }
  })
})

const bytes = ({ key, value }: EventMessage) => ({ key: Buffer.from(key), value: Buffer.from(value) })
