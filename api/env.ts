import type { HttpBindings } from '@hono/node-server'
import type { Principal } from './identity/access-token.ts'
import type { Limits } from './limits/limits.ts'
import type { Trace } from './trace.ts'

/** What the app puts beside each request. */
export type Env = {
  /** Empty in a call that comes from this very process. */
  Bindings: Partial<HttpBindings>
  Variables: {
    trace: Trace
    /** The caller's own name for this request, or the trace id. */
    requestId: string
    /** @returns undefined for a token that is not good, or whose owner lost what it says. */
    verify: (token: string) => Promise<Principal | undefined>
    limits: Limits
    /** Only on routes that say who may call them. */
    principal: Principal
    /** What a handler adds to its line of the audit log: nothing secret, nothing personal. */
    audited?: { readonly subject?: string; readonly asked?: Readonly<Record<string, unknown>> }
    /** Epoch milliseconds; the caller has been told that it failed by then, so nothing may be begun after it. */
    deadlineAt: number
  }
}
