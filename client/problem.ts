import type { ProblemCode } from '../api/problem.ts'

/** One thing that is wrong with what was sent, and where: an RFC 6901 pointer into the body. */
export type Violation = { readonly pointer: string; readonly code: string; readonly message: string }

/** One of the API's codes; a newer server may have codes that this client has not heard of. */
export type Code = ProblemCode | 'network' | 'unknown' | (string & {})

/** What the API answered instead of what was asked, or `network` and status 0 where it did not answer at all. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly status: number
  readonly code: Code
  /** By it the people who run the API find the request in their logs. */
  readonly traceId: string | undefined
  readonly violations: readonly Violation[]

  constructor(
    status: number,
    code: Code,
    detail: string,
    more: { readonly violations?: readonly Violation[]; readonly traceId?: string | undefined } = {},
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.violations = more.violations ?? []
    this.traceId = more.traceId
  }
}

export const noAnswer = (): HttpProblem => new HttpProblem(0, 'network', 'The server can’t be reached.')

/** Reads RFC 9457; anything else that is not a success becomes a problem without details. */
export async function problemOf(response: Response): Promise<HttpProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (!isRecord(body)) return new HttpProblem(response.status, 'unknown', response.statusText)
  return new HttpProblem(response.status, text(body['code']) ?? 'unknown', text(body['detail']) ?? '', {
    violations: Array.isArray(body['errors']) ? body['errors'].filter(isViolation) : [],
    traceId: text(body['traceId']),
  })
}

export const isProblem = (error: unknown, code?: Code): error is HttpProblem =>
  error instanceof HttpProblem && (code === undefined || error.code === code)

/** Whether it may have taken effect all the same. */
export const isLost = (error: unknown): boolean => isProblem(error) && [0, 502, 503, 504].includes(error.status)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const isViolation = (value: unknown): value is Violation =>
  isRecord(value) && text(value['pointer']) !== undefined && text(value['code']) !== undefined
