import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from './env.ts'
import { httpHeaders } from './openapi-headers.ts'
import { tags } from './openapi-tags.ts'

type Document = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>
type Paths = NonNullable<Document['paths']>
type PathItem = Paths[string]
type Operation = NonNullable<PathItem['get']>
type Parameters = NonNullable<Operation['parameters']>

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
type Method = (typeof methods)[number]

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Holdfast',
    version: '1',
    description:
      'Orders that are never lost, charged twice or sold twice. Sign in with `POST /v1/auth/login` and put the ' +
      'access token into Authorize. Errors are RFC 9457 problems with a stable `code`.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
}

/** What the routes say of themselves, and what holds for all of them: said once here, so that no route can forget it. */
export function openApiDocument(app: OpenAPIHono<Env>): Document {
  const document = app.getOpenAPI31Document(about)
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [path, describeItem(path, item)])
  const used = new Set(Object.values(document.paths ?? {}).flatMap((item) => operationsOf(item).flatMap(tagsOf)))
  return {
    ...document,
    tags: tags.filter(({ name }) => used.has(name)),
    paths: Object.fromEntries(paths) as Paths,
    components: { ...document.components, headers: httpHeaders },
  }
}

const operationsOf = (item: PathItem): Operation[] =>
  methods.map((method) => item[method]).filter((operation) => operation !== undefined)
const tagsOf = ({ tags: names = [] }: Operation): string[] => names

function describeItem(path: string, item: PathItem): PathItem {
  const described = methods.flatMap((method) => {
    const operation = item[method]
    return operation === undefined ? [] : [[method, describe(path, method, operation)] as const]
  })
  return { ...item, ...Object.fromEntries(described) }
}

function describe(path: string, method: Method, operation: Operation): Operation {
  const conditional = isConditional(path, method, operation)
  const parameters = [...(operation.parameters ?? []).map(withoutPrefill), ...(conditional ? [ifNoneMatch] : [])]
  const locked = operation.security?.length !== 0
  const responses: Record<string, object> = { ...operation.responses, ...(conditional && { 304: notModified }) }
  const headersOf = (status: string) => [
    'X-Request-Id' as const,
    ...(status === '401' && locked ? (['WWW-Authenticate'] as const) : []),
    ...(status === '429' || status === '503' ? (['Retry-After'] as const) : []),
    ...(conditional && (status === '200' || status === '304') ? (['ETag'] as const) : []),
  ]
  return {
    ...operation,
    description: [operation.description, forWhom(operation)].filter(Boolean).join('\n\n'),
    ...(parameters.length > 0 && { parameters: parameters as Parameters }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [
        status,
        { ...response, headers: { ...references(headersOf(status)), ...(Reflect.get(response, 'headers') as object) } },
      ]),
    ),
  }
}

/** The same rule as the middleware's: see `conditional.ts`. */
const isConditional = (path: string, method: Method, { responses }: Operation): boolean =>
  method === 'get' && path.startsWith('/v1/') && JSON.stringify(responses?.['200'] ?? {}).includes('"application/json"')

const notModified = { description: 'Not modified: as `If-None-Match` says' }
const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of an answer to the same request: 304 without a body while nothing is new',
  schema: { type: 'string', examples: ['W/"0c5e0d1a2b3c4d5e6f708192a3b4c5d6e7f80912"'] },
}

const references = (names: readonly (keyof typeof httpHeaders)[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** A form would be filled in with `example`; with `examples`, what is optional stays empty until somebody wants it. */
function withoutPrefill(parameter: Parameters[number]): Parameters[number] {
  if ('$ref' in parameter || parameter.required === true || parameter.schema === undefined) return parameter
  if ('$ref' in parameter.schema || parameter.schema.example === undefined) return parameter
  const { example, ...schema } = parameter.schema
  return { ...parameter, schema: { ...schema, examples: [example] } }
}

/** `x-roles` and `x-scopes`, for people. */
export function forWhom(operation: object): string {
  const named = (member: string) => (Reflect.get(operation, member) as readonly string[] | undefined) ?? []
  const people = named('x-roles').join(', ')
  const programs = named('x-scopes').join(' or ')
  return `For: ${[people, programs && `programs with ${programs}`].filter(Boolean).join('; ')}.`
}
