import type { PayloadCodec } from '@temporalio/common'
import type { Kysely } from 'kysely'
import type { GroupWatch } from '../events/groups.ts'
import type { OrderMessages } from '../events/order-messages.ts'
import type { ReturnRules } from '../domain/returns/state.ts'
import type { Plan } from '../domain/saga/plan.ts'
import type { Checks } from '../platform/health.ts'
import type { Log } from '../platform/log.ts'
import type { Temporal } from '../platform/temporal-client.ts'
import type { NotificationTables } from '../workers/notification/tables.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import type { PaymentTables } from '../workers/payment/tables.ts'
import type { ShippingTables } from '../workers/shipping/tables.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import type { WebhookTables } from '../workers/webhook/tables.ts'
import type { Drills } from './drills/ask.ts'
import type { AccessTokens, Principal } from './identity/access-token.ts'
import type { IdentityTables } from './identity/tables.ts'
import type { Backlog } from './limits/backlog.ts'
import type { Limits } from './limits/limits.ts'
import type { Live } from './streams/live.ts'
import type { WebhookSettings } from './webhooks/settings.ts'

/** Everything the API works with. */
export type Deps = {
  readonly log: Log
  readonly identity: Kysely<IdentityTables>
  readonly notification: Kysely<NotificationTables>
  readonly orders: Kysely<OrdersTables>
  readonly stock: Kysely<StockTables>
  readonly payment: Kysely<PaymentTables>
  readonly shipping: Kysely<ShippingTables>
  readonly webhook: Kysely<WebhookTables>
  readonly temporal: Pick<Temporal, 'client' | 'namespace'>
  /** Where the workflow workers look for work. */
  readonly taskQueue: string
  readonly accessTokens: AccessTokens
  /** Who a token belongs to, and that they still are what it says. */
  readonly verify: (token: string) => Promise<Principal | undefined>
  /** How many proxies stand in front of the API, each adding to `X-Forwarded-For`. */
  readonly proxies: number
  /** How often somebody may call. */
  readonly limits: Limits
  /** Whether there is too much to do to take new orders. */
  readonly backlog: Backlog
  /** Sites whose pages may call from a browser. */
  readonly corsOrigins: readonly string[]
  /** What happens to orders, as it happens. */
  readonly live: Live
  /** Where an order's events stand on their topic. */
  readonly orderMessages: OrderMessages
  /** How the consumer groups are doing; undefined while Kafka does not tell. */
  readonly readGroups: GroupWatch['read']
  /** Whether a group has taken in everything that is on the topic now. */
  readonly caughtUp: GroupWatch['caughtUp']
  /** For so long after its workflow's end a lost order is left alone: events of it may still be on their way. */
  readonly resumeQuietMs: number
  /** What `/readyz` asks, by name. */
  readonly checks: Checks
  /** For new orders. */
  readonly plan: Plan
  /** For new returns: how long after delivery they may come, and which need no admin. */
  readonly returns: Omit<ReturnRules, 'windowEndsAt'> & { readonly windowMs: number }
  readonly temporalUiUrl: string
  /** Where people find the pages; links in mails begin with it. */
  readonly publicUrl: string
  /** Whether mails are sent nowhere and admins read them instead. */
  readonly mailsStay: boolean
  /** With which Temporal's payloads are encrypted, if they are. */
  readonly payloadCodec?: PayloadCodec | undefined
  /** By provider or carrier: what its webhooks are signed with. Empty: they are refused. */
  readonly webhookSecrets: { readonly simulator: string; readonly stripe: string; readonly easypost: string }
  /** Starts a check of everything unless one is under way. @returns whether it did. */
  readonly startCheck: () => Promise<boolean>
  /** For webhooks to others. */
  readonly webhooks: WebhookSettings
  /** Answer `/healthz`, `/readyz` and `/metrics` to other machines too. */
  readonly openOperations?: boolean
  /** Aborted when the process was asked to end: from then on it is not ready, and serves whoever comes all the same. */
  readonly leaving?: AbortSignal
  /** Aborted when the process ends: whoever holds a connection open lets go. */
  readonly stopping?: AbortSignal
  readonly demo: boolean
  /** The drill board; undefined outside demo mode. */
  readonly drills?: Drills | undefined
  /** Where the built web front end lies, if it does. */
  readonly webRoot?: string
}
