import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeTestApp } from './testing.ts'

type Schema = Readonly<Record<string, unknown>>
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }
type Media = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>
type Answer = { readonly headers?: Readonly<Record<string, object>>; readonly content?: Media }
type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Media }
  readonly responses: Readonly<Record<string, Answer>>
}
type Document = {
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

let document: Document
let operations: readonly { readonly name: string; readonly operation: Operation }[]
beforeAll(async () => {
  const { app } = await makeTestApp()
  document = (await (await app.request('/openapi.json')).json()) as Document
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  )
})

/** Every object within, with the place where it stands. */
function* objectsIn(value: unknown, place = '#'): Generator<readonly [string, Schema]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [place, value as Schema]
  for (const [name, inner] of Object.entries(value)) yield* objectsIn(inner, `${place}/${name}`)
}

const at = (pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((found, name) => (found as Schema | undefined)?.[name], document)

/** As JSON Schema 2020-12, which is what OpenAPI 3.1 schemas are. */
function makeValidate() {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(document, 'openapi')
  return (schema: Schema, value: unknown): unknown => {
    const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as Schema
    const validate = ajv.compile(rooted)
    return validate(value) ? undefined : validate.errors
  }
}

describe('the OpenAPI document', () => {
  it('refers to nothing that is not in it', () => {
    const references = [...objectsIn(document)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []))
    expect(references.length).toBeGreaterThan(50)
    expect(references.filter((reference) => at(reference) === undefined)).toEqual([])
  })

  it('has no example that its own schema refuses', () => {
    const validate = makeValidate()
    const examples = [...objectsIn(document)].flatMap(([place, { example, examples: more, schema, ...rest }]) => [
      ...(example === undefined ? [] : [{ place, value: example, schema: (schema as Schema | undefined) ?? rest }]),
      ...(Array.isArray(more) ? more.map((value: unknown) => ({ place, value, schema: rest })) : []),
    ])
    expect(examples.length).toBeGreaterThan(50)
    const refused = examples.flatMap(({ place, value, schema }) => {
      const why = validate(schema, value)
      return why === undefined ? [] : [{ place, value, why }]
    })
    expect(refused).toEqual([])
  })

  it('has an example for everything that has to be sent', () => {
    const has = (schema: Schema): boolean =>
      schema['example'] !== undefined ||
      schema['enum'] !== undefined ||
      (typeof schema['$ref'] === 'string' && has(at(schema['$ref']) as Schema))
    const without = operations.flatMap(({ name, operation: { parameters = [], requestBody } }) => [
      ...parameters.filter(({ required, schema }) => required === true && !has(schema)).map((one) => [name, one.name]),
      ...Object.entries(requestBody?.content ?? {}).filter(([, { schema, example }]) => !example && !has(schema)),
    ])
    expect(without).toEqual([])
  })

  it('describes every tag and says of every operation what it does and for whom', () => {
    const used = new Set(operations.flatMap(({ operation }) => operation.tags ?? ['none']))
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted())
    const silent = operations.filter(
      ({ operation: { summary, description } }) =>
        summary === undefined || !/(^|\n)For: [a-z].*\.$/.test(description ?? ''),
    )
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  it('says for whom an operation is as its roles and scopes do', () => {
    expect(document.paths['/v1/orders']?.['post']?.description).toMatch(
      /\n\nFor: customer; programs with orders:write or admin\.$/,
    )
    expect(document.paths['/v1/meta']?.['get']?.description).toBe('For: anyone.')
  })

  it('gives every refusal as a problem, and tells its headers', () => {
    for (const { name, operation } of operations) {
      for (const [status, { content, headers = {} }] of Object.entries(operation.responses)) {
        const types = Object.keys(content ?? {})
        expect([name, status, Object.keys(headers)]).toEqual([name, status, expect.arrayContaining(['X-Request-Id'])])
        if (Number(status) >= 400) expect([name, status, types]).toEqual([name, status, ['application/problem+json']])
        if (status === '503') expect(headers).toHaveProperty('Retry-After')
        if (status === '401' && operation.security?.length !== 0) expect(headers).toHaveProperty('WWW-Authenticate')
      }
      expect([name, Object.keys(operation.responses)]).toEqual([name, expect.arrayContaining(['500', '503'])])
    }
  })

  it('says what a body can be refused for wherever there is one', () => {
    const incomplete = operations.filter(
      ({ operation: { requestBody, responses } }) =>
        requestBody !== undefined && !(responses['413'] && (responses['400'] || responses['422'])),
    )
    expect(incomplete.map(({ name }) => name)).toEqual([])
  })
})
