import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { ProblemError } from '../problem.ts'

/** How many calls somebody may make, and in how many seconds. */
export type Policy = { readonly name: string; readonly quota: number; readonly windowSeconds: number }

/** How somebody stands with a policy after a call. */
export type Standing = {
  readonly policy: Policy
  readonly allowed: boolean
  readonly remaining: number
  /** Until all is there again; for who was refused, until the next call is let through. */
  readonly resetSeconds: number
}

/** `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10: lists of structured fields. */
export function standingHeaders(standings: readonly Standing[]): Readonly<Record<string, string>> {
  return {
    'RateLimit-Policy': standings.map(({ policy }) => policyItem(policy)).join(', '),
    RateLimit: standings
      .map(({ policy, remaining, resetSeconds }) => `"${policy.name}";r=${Math.max(remaining, 0)};t=${resetSeconds}`)
      .join(', '),
  }
}

const policyItem = ({ name, quota, windowSeconds }: Policy): string => `"${name}";q=${quota};w=${windowSeconds}`

export function tellStandings(c: Context<Env>, standings: readonly Standing[]): void {
  if (standings.length === 0) return
  for (const [name, value] of Object.entries(standingHeaders(standings))) c.header(name, value)
}

export const tooMany = (detail: string, retryAfterSeconds: number): ProblemError =>
  new ProblemError('too_many_requests', detail, { headers: { 'Retry-After': String(Math.max(retryAfterSeconds, 1)) } })
