import type { Principal } from '../../api/identity/access-token.ts'

/** What a route says of itself in the OpenAPI document. */
export type Route = {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly isOpen: boolean
  readonly example: unknown
}

type Schema = { readonly $ref?: string; readonly example?: unknown }
type Operation = {
  readonly security?: readonly object[]
  readonly 'x-roles'?: readonly string[]
  readonly 'x-scopes'?: readonly string[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}
export type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** @throws where a route does not say who may call it. */
export function routesOf({ paths, components }: OpenApi): readonly Route[] {
  const exampleOf = ({ requestBody }: Operation): unknown => {
    const schema = requestBody?.content['application/json']?.schema
    return schema && (schema.example ?? components.schemas[schema.$ref?.split('/').at(-1) ?? '']?.example ?? {})
  }
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, operation]) => {
      const method = verb.toUpperCase()
      const name = `${method} ${path}`
      const { security, 'x-roles': roles, 'x-scopes': scopes } = operation
      if (!security || !roles || !scopes) throw new Error(`${name} does not say who may call it`)
      const isOpen = security.length === 0
      if (isOpen !== roles.includes('anyone')) throw new Error(`${name} says two things about who may call it`)
      return { name, method, path, roles, scopes, isOpen, example: exampleOf(operation) }
    }),
  )
}

export const refusals = ['401 unauthenticated', '403 forbidden'] as const
export type Verdict = (typeof refusals)[number] | 'passes'

/** What the route's own declaration says of a caller. */
export function declared(route: Route, who: Principal | undefined): Verdict {
  if (route.isOpen) return 'passes'
  if (who === undefined) return '401 unauthenticated'
  const isAllowed =
    who.role === 'program' ? who.scopes.some((scope) => route.scopes.includes(scope)) : route.roles.includes(who.role)
  return isAllowed ? 'passes' : '403 forbidden'
}

export type Call = { readonly token?: string | undefined; readonly id: string; readonly body?: unknown }

/** @returns status and, of a problem, its code: `404 not_found`. */
export async function callRoute(apiUrl: string, { method, path, example }: Route, call: Call): Promise<string> {
  const given: Readonly<Record<string, string>> = { id: call.id, number: '1', sku: 'NO-SUCH', code: 'not_found' }
  const response = await fetch(`${apiUrl}${path.replaceAll(/{(\w+)}/g, (_, name: string) => given[name] ?? 'x')}`, {
    method,
    headers: {
      ...(call.token !== undefined && { Authorization: `Bearer ${call.token}` }),
      ...(example !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(example !== undefined && { body: JSON.stringify(call.body ?? {}) }),
  })
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json') === true
  if (isProblem) return `${response.status} ${((await response.json()) as { code: string }).code}`
  await response.body?.cancel() // some are endless
  return `${response.status}`
}

export const verdictOf = (answer: string): Verdict | `${number} ${string}` => {
  const refused = refusals.find((refusal) => refusal === answer)
  if (refused) return refused
  return /^(5|429)/.test(answer) ? (answer as `${number} ${string}`) : 'passes'
}

/** For whoever reads a failed run. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
