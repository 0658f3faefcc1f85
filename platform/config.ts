import { z } from 'zod'
import { readOrigins } from './origins.ts'
import { readPayloadKeys } from './payload-keys.ts'
import { readRoleMap } from './role-map.ts'
import { isSafeUrl } from './safe-url.ts'
import { readPorts } from './ports.ts'
import { failpoints } from './failpoint.ts'

/** Reads an environment variable as a whole number of the unit its name ends in. */
const count = (fallback: number, minimum = 0) => z.coerce.number().int().min(minimum).default(fallback)
const flag = (fallback: boolean) =>
  z
    .enum(['0', '1', 'true', 'false'])
    .default(fallback ? '1' : '0')
    .transform((value) => value === '1' || value === 'true')

const environment = z.object({
  /** `host:port` of the Temporal frontend. */
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** Where the API leaves work for the workflow workers. */
  TASK_QUEUE: z.string().min(1).default('orders'),
  /** Name of Temporal's worker deployment, where workers are versioned: then orders stay with the build they began on. */
  WORKER_DEPLOYMENT: z.string().default(''),
  /** Which build of it this process runs; needed with WORKER_DEPLOYMENT. */
  WORKER_BUILD_ID: z.string().default(''),
  /** Where a browser finds the Temporal Web UI; staff links point there. */
  TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233'),
  /** `id:base64key[,id:base64key...]`: what Temporal stores is encrypted with the first and read with all. None: plain. */
  PAYLOAD_KEYS: z
    .string()
    .default('')
    .transform((text, context) => {
      const read = readPayloadKeys(text)
      if (read.kind === 'keys') return read.keys
      for (const message of read.errors) context.addIssue(message)
      return z.NEVER
    }),
  /** Comma-separated `host:port` list. */
  KAFKA_BROKERS: z.string().default('127.0.0.1:9092'),
  /** Which library publishes and consumes. */
  KAFKA_CLIENT: z.enum(['kafkajs', 'platformatic']).default('kafkajs'),
  /** Partitions of the `orders` topic, fixed when it is created: a change would separate a do from its undo. */
  KAFKA_PARTITIONS: count(6, 1),
  KAFKA_REPLICATION: count(1, 1),
  /** Put before topics and consumer groups, so that several systems can share a cluster. */
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-z0-9_.-]{0,32}$/)
    .default(''),
  /** `mysql://user:password@host:port`, without a database: each service has its own. */
  DATABASE_URL: z.string().startsWith('mysql://').default('mysql://root@127.0.0.1:3306'),
  /** Put before each service's database name, so that several systems can share a server. */
  DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]{0,32}$/)
    .default(''),
  HOST: z.string().default('127.0.0.1'),
  PORT: count(3000),
  /** Proxies in front of the API: so many addresses at the end of `X-Forwarded-For` are believed. */
  TRUSTED_PROXIES: count(0),
  /** Sites whose pages may call the API from a browser: exact origins, separated by commas. */
  CORS_ORIGINS: z.string().default('').transform(readOrigins),
  /** Per account, whether it exists or not, and per client address. */
  LIMIT_LOGIN_FAILURES_PER_MINUTE: count(10, 1),
  LIMIT_ADDRESS_FAILURES_PER_MINUTE: count(30, 1),
  /** Per client address. */
  LIMIT_REGISTRATIONS_PER_MINUTE: count(10, 1),
  /** Letters asked for with a forgotten password and the like, per account and per client address. */
  LIMIT_LETTERS_PER_MINUTE: count(5, 1),
  /** Per user: orders, all other changes, and reads. */
  LIMIT_ORDERS_PER_SECOND: count(20, 1),
  LIMIT_ORDERS_BURST: count(50, 1),
  LIMIT_WRITES_PER_SECOND: count(100, 1),
  LIMIT_READS_PER_SECOND: count(500, 1),
  /** Live streams that one user may have open at one API process. */
  STREAMS_PER_USER: count(20, 1),
  /** With so many orders unsettled, or a consumer group so many messages behind, no new orders are taken. */
  BACKLOG_MOST_ORDERS: count(20_000, 1),
  BACKLOG_MOST_LAG: count(50_000, 1),
  /** Answer `/healthz`, `/readyz` and `/metrics` to other machines too, not to this one alone. */
  OPERATIONS_OPEN: flag(false),
  /** Demo products, demo accounts, short deadlines. Never on where somebody sells something. */
  DEMO: flag(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Where signing keys are kept when none is given. */
  DATA_DIR: z.string().default('.data'),
  /** For every step whose own `<STEP>_DEADLINE_SECONDS` is not set; without either, the step's definition decides. */
  STEP_DEADLINE_SECONDS: count(0),
  /** A compensation, commit or capture is asked again after this long, then after twice as long, and so on. */
  RETRY_SECONDS: count(30, 1),
  RETRY_ATTEMPTS: count(6, 1),
  /** One call to a payment provider or carrier is given up after this long and its outcome looked up. */
  PROVIDER_TIMEOUT_SECONDS: count(5, 1),
  /** Above 0: a declined payment waits so long for another payment method, the reservation held meanwhile. */
  PAYMENT_GRACE_SECONDS: count(0),
  /** Above 0: an order whose total is above this, in minor units, waits for an admin's approval. */
  APPROVAL_ABOVE_MINOR: count(0),
  /** How long an order that allows it waits for goods that are short. */
  BACKORDER_DEADLINE_SECONDS: count(7 * 24 * 3600, 1),
  /** A confirmed order that is not dispatched within this time needs attention. */
  DISPATCH_DEADLINE_SECONDS: count(2 * 24 * 3600, 1),
  /** For so long after delivery goods may be sent back. */
  RETURN_WINDOW_DAYS: count(30),
  /** Returns up to this sum, in minor units, need no admin's approval. */
  RETURN_APPROVED_UP_TO_MINOR: count(0),
  /** Who moves the money, and who carries the parcels. */
  PAYMENT_PROVIDER: z.enum(['simulator', 'stripe']).default('simulator'),
  CARRIER: z.enum(['simulator', 'easypost']).default('simulator'),
  STRIPE_SECRET_KEY: z.string().default(''),
  STRIPE_WEBHOOK_SECRET: z.string().default(''),
  /** Somewhere else than Stripe itself, such as a stripe-mock. */
  STRIPE_API_URL: z.union([z.literal(''), z.url()]).default(''),
  EASYPOST_API_KEY: z.string().default(''),
  EASYPOST_WEBHOOK_SECRET: z.string().default(''),
  /** Somewhere else than EasyPost itself, with its path and `/` at the end: `http://127.0.0.1:9000/v2/`. */
  EASYPOST_API_URL: z.union([z.literal(''), z.url().endsWith('/')]).default(''),
  /** From where parcels leave, and how they are, for carriers that want to know; easypost needs all but the state. */
  SHIP_FROM_NAME: z.string().default(''),
  SHIP_FROM_STREET: z.string().default(''),
  SHIP_FROM_CITY: z.string().default(''),
  SHIP_FROM_STATE: z.string().default(''),
  SHIP_FROM_POSTAL_CODE: z.string().default(''),
  /** ISO 3166-1, two capital letters. */
  SHIP_FROM_COUNTRY: z.string().default(''),
  SHIP_FROM_PHONE: z.string().default(''),
  PARCEL_WEIGHT_GRAMS: count(500, 1),
  /** Length, width and height in centimetres. */
  PARCEL_SIZE_CM: z
    .string()
    .regex(/^\d{1,3}x\d{1,3}x\d{1,3}$/, 'has to be like 30x20x10')
    .default('30x20x10'),
  /** With which the simulators sign their webhooks; without one, theirs are refused. */
  SIMULATOR_WEBHOOK_SECRET: z.string().default(''),
  /** Where the simulators send their webhooks: our own API. */
  WEBHOOK_BASE_URL: z.url().default('http://127.0.0.1:3000'),
  /** Webhooks to merchants may go to private addresses, and by http: for tests and demos. */
  WEBHOOK_PRIVATE_TARGETS: flag(false),
  /** Ports they may go to, separated by commas; `any`: all. */
  WEBHOOK_PORTS: z.string().default('443,8443,80').transform(readPorts),
  /** Endpoints that one account may have. */
  WEBHOOK_ENDPOINTS_PER_ACCOUNT: count(10, 1),
  /** So many failures in a row open an endpoint's circuit breaker. */
  WEBHOOK_BREAKER_FAILURES: count(10, 1),
  /** All pauses between tries, and those of the breaker, times this. */
  WEBHOOK_TIME_SCALE: z.coerce.number().positive().max(1).default(1),
  /** One try is given up after this long; the activity that makes it has 30 s. */
  WEBHOOK_TIMEOUT_SECONDS: count(10, 1).pipe(z.int().max(20)),
  /** For so long the log of deliveries is kept; no older events are delivered. */
  WEBHOOK_LOG_DAYS: count(30, 2),
  /** A lost order is taken up again so long after its workflow's end: its last events may still be on their way. */
  RESUME_QUIET_SECONDS: count(40),
  /** How often stock looks for reservations whose order is over. */
  RESERVATION_SWEEP_SECONDS: count(600, 1),
  /** Above 0: the API runs `verify` so often by itself, in one process at a time; GET /v1/admin/checks has what it said. */
  VERIFY_EVERY_MINUTES: count(0),
  /** The carrier simulator: from confirmed to dispatched, and from dispatched to delivered. */
  CARRIER_DISPATCH_DELAY_MS: count(2000),
  CARRIER_DELIVERY_DELAY_MS: count(4000),
  /** `smtp://user:password@host:port`, or `smtps://`. None: mails stay in the mailbox that admins can read. */
  SMTP_URL: z
    .union([z.literal(''), z.string().regex(/^smtps?:\/\/[^/]/, 'has to begin with smtp:// or smtps://')])
    .default(''),
  /** Messages to customers that one process sends a second, of both lanes together, and over so many connections. */
  NOTIFICATIONS_PER_SECOND: count(20, 1),
  NOTIFICATION_CONNECTIONS: count(4, 2),
  MAIL_FROM: z.string().min(3).default('Holdfast <no-reply@localhost>'),
  /** Where people find the pages; links in mails begin with it. */
  PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
  /** The issuer and audience in every access token. */
  AUTH_TOKEN_ISSUER: z.string().default('holdfast'),
  AUTH_TOKEN_AUDIENCE: z.string().default('holdfast-api'),
  /** A key that signs access tokens is followed by the next after so long; 0: only by hand. */
  KEY_ROTATION_DAYS: count(30),
  /** An OpenID Connect provider whose access tokens are taken beside our own; none: ours only. */
  AUTH_ISSUER: z
    .union([z.literal(''), z.url().refine(isSafeUrl, 'has to be https, unless it is on this machine')])
    .default(''),
  /** The audience that its tokens name us by; default: AUTH_TOKEN_AUDIENCE. */
  AUTH_AUDIENCE: z.string().default(''),
  /** The claim of its tokens that the role comes from: a name, or a path with dots; its value a string or a list. */
  AUTH_ROLE_CLAIM: z.string().min(1).default('role'),
  /** `value=role[,value=role...]`: who is more than a customer. */
  AUTH_ROLE_MAP: z
    .string()
    .default('')
    .transform((text, context) => {
      const read = readRoleMap(text)
      if (read.kind === 'map') return read.map
      context.addIssue(read.error)
      return z.NEVER
    }),
  /** Its tokens are refused once they are so old, however long they would live. */
  AUTH_MAX_AGE_SECONDS: count(3600, 60),
  /** For tests, in demo mode only: the line at which the process is killed. */
  FAIL_AT: z.union([z.literal(''), z.enum(failpoints)]).default(''),
  /** For tests, in demo mode only; above 0: consumers get each event one to three times, shuffled across orders. */
  CONSUMER_SHUFFLE_SEED: count(0),
})

/** Demo mode shortens what a visitor would wait for; anything set explicitly still wins. */
const demoDefaults = {
  STEP_DEADLINE_SECONDS: '20',
  // a person decides
  APPROVAL_DEADLINE_SECONDS: '600',
  RETRY_SECONDS: '10',
  CARRIER_DISPATCH_DELAY_MS: '2000',
  CARRIER_DELIVERY_DELAY_MS: '4000',
  BACKORDER_DEADLINE_SECONDS: '600',
  DISPATCH_DEADLINE_SECONDS: '60',
  RETURN_APPROVED_UP_TO_MINOR: '5000',
  SIMULATOR_WEBHOOK_SECRET: 'demo-webhook-secret',
  WEBHOOK_PRIVATE_TARGETS: '1',
  WEBHOOK_PORTS: 'any',
}

export type Config = z.infer<typeof environment> & {
  /** Milliseconds until a step counts as timed out, by step name, from `<STEP>_DEADLINE_SECONDS`. */
  readonly stepDeadlines: Readonly<Record<string, number>>
}

/**
 * The process's configuration, checked as a whole.
 * @throws with every wrong variable named, one a line.
 */
export function readConfig(source: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const demo = given['DEMO'] === '1' || given['DEMO'] === 'true'
  const settings = demo ? { ...demoDefaults, ...given } : given
  const result = environment.safeParse(settings)
  if (result.success) {
    if (result.data.AUTH_ISSUER === result.data.AUTH_TOKEN_ISSUER) {
      throw new Error('The configuration has errors:\n  AUTH_ISSUER: is our own; it has to be another provider')
    }
    if (!result.data.DEMO && (result.data.FAIL_AT !== '' || result.data.CONSUMER_SHUFFLE_SEED > 0)) {
      throw new Error('The configuration has errors:\n  FAIL_AT and CONSUMER_SHUFFLE_SEED: are for tests, with DEMO=1')
    }
    return { ...result.data, stepDeadlines: stepDeadlines(settings) }
  }
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The configuration has errors:\n${lines.join('\n')}`)
}

function stepDeadlines(given: Readonly<Record<string, unknown>>): Config['stepDeadlines'] {
  const entries = Object.entries(given).flatMap(([name, value]) => {
    const step = /^([A-Z_]+)_DEADLINE_SECONDS$/.exec(name)?.[1]
    if (step === undefined || step === 'STEP') return []
    const seconds = Number(value)
    if (!(seconds > 0)) throw new Error(`The configuration has errors:\n  ${name}: has to be a number above 0`)
    return [[step.toLowerCase(), seconds * 1000] as const]
  })
  return Object.fromEntries(entries)
}
