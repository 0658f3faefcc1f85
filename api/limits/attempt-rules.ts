import type { Config } from '../../platform/config.ts'

type Setting = Extract<keyof Config, `LIMIT_${string}_PER_MINUTE`>

/**
 * What can be tried without a token. `failures`: what succeeds costs nothing. `all`: every call costs, but for those
 * that were not understood. `refusals`: whatever is not done costs.
 */
type Rule = {
  readonly counts: 'failures' | 'refusals' | 'all'
  readonly address: Setting
  readonly account?: Setting
  /** Where the call names the account: a header that a route does not read must not decide what is counted. */
  readonly about?: 'email' | 'client'
}

const secret: Rule = {
  counts: 'failures',
  address: 'LIMIT_ADDRESS_FAILURES_PER_MINUTE',
  account: 'LIMIT_LOGIN_FAILURES_PER_MINUTE',
  about: 'email',
}
const letter: Rule = {
  counts: 'all',
  address: 'LIMIT_LETTERS_PER_MINUTE',
  account: 'LIMIT_LETTERS_PER_MINUTE',
  about: 'email',
}

export const attemptRules = {
  login: secret,
  token: { ...secret, about: 'client' },
  'reset-password': secret,
  'change-password': { counts: 'refusals', address: 'LIMIT_ADDRESS_FAILURES_PER_MINUTE' },
  register: { counts: 'all', address: 'LIMIT_REGISTRATIONS_PER_MINUTE' },
  'forgotten-password': letter,
} as const satisfies Readonly<Record<string, Rule>>

export type AttemptName = keyof typeof attemptRules

/** A wrong password, code or token, however the route words it. */
const failed: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 410])
const notUnderstood: ReadonlySet<number> = new Set([400, 413, 415, 422])

export const countsStatus = (counts: Rule['counts'], status: number): boolean =>
  counts === 'refusals'
    ? status >= 400 && status < 500
    : counts === 'failures'
      ? failed.has(status)
      : status < 500 && !notUnderstood.has(status)

export const ruleOf = (name: AttemptName): Rule => attemptRules[name]
