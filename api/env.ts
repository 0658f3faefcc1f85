import type { HttpBindings } from '@hono/node-server'
import type { AccessTokens, Principal } from './identity/access-token.ts'
import type { Trace } from './trace.ts'

/** What the app puts beside each request. */
export type Env = {
  /** Empty in a call that comes from this very process. */
  Bindings: Partial<HttpBindings>
  Variables: {
    trace: Trace
    accessTokens: AccessTokens
    /** Only behind `requires(...)`. */
    principal: Principal
    /** Epoch milliseconds; the caller has been told that it failed by then, so nothing may be begun after it. */
    deadlineAt: number
  }
}
