import type { Violation } from './violations.ts'

/**
 * Everything that can be wrong with a request, by its stable code: the HTTP status, and a title for people. Clients
 * build on the codes, so one that was published is never renamed.
 */
export const problemKinds = {
  malformed_request: [400, 'The request can’t be read'],
  invalid_scope: [400, 'The service account doesn’t have this scope'],
  unsupported_grant_type: [400, 'This way to a token is not offered'],
  unauthenticated: [401, 'Sign in first'],
  invalid_credentials: [401, 'Email address or password is wrong'],
  invalid_client: [401, 'The client id or secret is wrong'],
  invalid_signature: [401, 'The webhook’s signature is not good'],
  invalid_refresh_token: [401, 'The session is over: sign in again'],
  forbidden: [403, 'Your role doesn’t allow this'],
  own_login_needed: [403, 'This needs an account of this shop'],
  foreign_origin: [403, 'Called from a foreign page'],
  not_found: [404, 'There is no such thing'],
  too_many_keys: [409, 'The service account has two secrets already'],
  last_key: [409, 'This is the service account’s last secret'],
  email_taken: [409, 'This email address has an account'],
  sku_taken: [409, 'This SKU exists'],
  stock_below_reserved: [409, 'That much is reserved for orders'],
  stock_too_high: [409, 'That is more than a stock level holds'],
  order_not_cancellable: [409, 'The order can’t be cancelled any more'],
  payment_method_not_awaited: [409, 'The order waits for no other payment method'],
  order_not_delivered: [409, 'The order is not delivered'],
  return_window_over: [409, 'The time for returns is over'],
  more_than_bought: [409, 'That is more than was bought'],
  refund_above_captured: [409, 'That is more than was paid'],
  return_in_other_state: [409, 'The return is in another state'],
  resolution_requested: [409, 'This waits for another admin already'],
  no_such_resolution: [409, 'There is no such resolution to approve'],
  second_admin_needed: [409, 'Another admin has to approve this'],
  approval_not_awaited: [409, 'The order waits for no approval'],
  no_deadline: [409, 'No deadline of this step is running'],
  order_not_lost: [409, 'The order is not lost'],
  too_many_order_filters: [409, 'The account keeps as many order filters as may be'],
  returns_not_lost: [409, 'The returns are not lost'],
  orders_under_way: [409, 'There are orders under way'],
  nothing_to_resolve: [409, 'This step waits for no decision'],
  dead_letter_not_open: [409, 'The dead letter is not open'],
  dead_letter_unreadable: [409, 'The dead letter can’t be read'],
  too_many_webhook_endpoints: [409, 'The account has as many webhook endpoints as may be'],
  webhook_endpoint_disabled: [409, 'The webhook endpoint is disabled'],
  drill_under_way: [409, 'Another drill is under way'],
  drill_impossible: [409, 'What the drill strikes does not run here'],
  own_account: [409, 'This is your own account'],
  last_admin: [409, 'There has to be an admin'],
  invalid_reset_token: [410, 'The link is not good any more'],
  body_too_large: [413, 'The request’s body is too large'],
  unsupported_media_type: [415, 'The body is of another type than it has to be'],
  validation_failed: [422, 'The request has violations'],
  wrong_password: [422, 'The current password is wrong'],
  idempotency_key_reused: [422, 'The Idempotency-Key belongs to another request'],
  too_many_requests: [429, 'Too many requests'],
  internal_error: [500, 'Something went wrong on our side'],
  dependency_unavailable: [503, 'Something that is needed is down for now'],
  overloaded: [503, 'Too much to do at the moment'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type ProblemCode = keyof typeof problemKinds

/** A refusal as the client gets it: thrown anywhere in the API, written in one place. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly violations: readonly Violation[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    more: { readonly violations?: readonly Violation[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail)
    this.code = code
    this.violations = more.violations ?? []
    this.headers = more.headers ?? {}
  }
}

/** RFC 9457, with a stable `code`, the trace that operators can look up, and every violation. */
export type ProblemDocument = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: ProblemCode
  readonly traceId: string
  readonly errors?: readonly Violation[]
}

export function problemDocument(
  problem: ProblemError,
  request: { readonly path: string; readonly traceId: string },
): ProblemDocument {
  const [status, title] = problemKinds[problem.code]
  return {
    type: `/problems/${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance: request.path,
    code: problem.code,
    traceId: request.traceId,
    ...(problem.violations.length > 0 && { errors: problem.violations }),
  }
}

export const notFound = (what: string): ProblemError => new ProblemError('not_found', `There is no such ${what}.`)

export const invalid = (violations: readonly Violation[]): ProblemError =>
  new ProblemError('validation_failed', 'See errors for each violation.', { violations })

/** The same request can be sent again after the pause. */
export const unavailable = (code: 'dependency_unavailable' | 'overloaded', detail: string): ProblemError =>
  new ProblemError(code, detail, { headers: { 'Retry-After': '5' } })
