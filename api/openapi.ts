import { z } from '@hono/zod-openapi'
import type { HeaderName } from './openapi-headers.ts'
import { type ProblemCode, problemKinds } from './problem.ts'

const codes = Object.keys(problemKinds) as [ProblemCode, ...ProblemCode[]]

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(codes),
    traceId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'RFC 9457' })

/** A JSON answer, with the headers that it has beside those that every answer has. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string, ...headers: HeaderName[]) => ({
  content: { 'application/json': { schema } },
  description,
  ...(headers.length > 0 && {
    headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  }),
})

/** A JSON body that has to be there. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true as const },
})

/** What can be wrong with any body of JSON. */
export const badBody = ['malformed_request', 'unsupported_media_type', 'body_too_large', 'validation_failed'] as const
/** What can be wrong with any call that is not for everybody. */
export const locked = ['unauthenticated', 'forbidden', 'too_many_requests'] as const

/**
 * The problems a route answers with, besides those that any route can have. They are thrown, not returned, so handlers
 * and typed clients see the route's own answers only.
 */
export function problems(...listed: readonly ProblemCode[]): Readonly<Record<never, never>> {
  const all = [...new Set<ProblemCode>([...listed, 'internal_error', 'dependency_unavailable'])]
  return Object.fromEntries(
    [...grouped(all)].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${problemKinds[code][1]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}

function grouped(all: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of all) {
    const status = problemKinds[code][0]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return byStatus
}
