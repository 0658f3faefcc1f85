import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makePlan } from '../domain/saga/plan.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { databaseName, openDatabase, openPool, ping } from '../platform/database.ts'
import { checkEntry } from '../platform/entry.ts'
import { armFailpoint } from '../platform/failpoint.ts'
import { listen } from '../platform/http-server.ts'
import { openMailer } from '../platform/mail.ts'
import { announceReady, type Log, makeLog } from '../platform/log.ts'
import { makePayloadCodec } from '../platform/payload-codec.ts'
import { openTemporal } from '../platform/temporal-client.ts'
import { startTracing } from '../platform/tracing.ts'
import { countUnsettled } from '../workers/projection/backlog.ts'
import type { NotificationTables } from '../workers/notification/tables.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import type { PaymentTables } from '../workers/payment/tables.ts'
import type { ShippingTables } from '../workers/shipping/tables.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import { makeApp } from './app.ts'
import { makeByHand } from './checks/by-hand.ts'
import { keepChecking } from './checks/schedule.ts'
import type { WebhookTables } from '../workers/webhook/tables.ts'
import { askKafka, makeKafkaCheck } from '../events/check.ts'
import { watchGroups } from '../events/groups.ts'
import { findOrderMessages } from '../events/order-messages.ts'
import { seedDemo } from './demo.ts'
import { makeDrills } from './drills/ask.ts'
import { makeAccessTokens } from './identity/access-token.ts'
import { makeExternalTokens } from './identity/external-tokens.ts'
import { keepSigningKeys } from './identity/signing-keys.ts'
import { keepTending } from './identity/tend-keys.ts'
import { sendMails } from './identity/mail-sender.ts'
import { makeVerify } from './identity/verify.ts'
import type { IdentityTables } from './identity/tables.ts'
import { makeBacklog } from './limits/backlog.ts'
import { keepBuckets } from './limits/bucket-store.ts'
import { counterInStore, makeLimits } from './limits/limits.ts'
import { keepFigures } from './keep-figures.ts'
import { isOutage } from './outage.ts'
import { openFeed } from './streams/feed.ts'
import { keepHearers } from './webhooks/hearers.ts'
import { webhookSettingsOf } from './webhooks/settings.ts'

const config = readConfig()
const log = makeLog(config, 'api')
armFailpoint(config.FAIL_AT)

const giveUp = (error: unknown): void => {
  log.fatal({ err: error }, 'ending, to be started again')
  process.exit(1)
}
process.on('uncaughtException', giveUp)
process.on('unhandledRejection', giveUp)

/** From its start to SIGTERM: then it says that it is leaving, finishes what is under way and closes all in order. */
async function run(): Promise<void> {
  const askedToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
  await checkEntry(config, () => askKafka(config, log))
  const leaving = new AbortController()
  const stopping = new AbortController()
  const stopTracing = await startTracing(config, 'api', log)
  const identity = openDatabase<IdentityTables>(config, 'identity', 4)
  const notification = openDatabase<NotificationTables>(config, 'notification', 2)
  const orders = openDatabase<OrdersTables>(config, 'orders')
  const stock = openDatabase<StockTables>(config, 'stock')
  const payment = openDatabase<PaymentTables>(config, 'payment', 4)
  const shipping = openDatabase<ShippingTables>(config, 'shipping')
  const webhook = openDatabase<WebhookTables>(config, 'webhook', 4)
  const databases = { identity, notification, orders, stock, payment, shipping, webhook }
  const checks = openDatabase<IdentityTables>(config, 'identity', 2) // a check holds its connection for long
  const temporal = openTemporal(config)
  const groups = watchGroups(config, log)
  const accessTokens = makeAccessTokens({
    issuer: config.AUTH_TOKEN_ISSUER,
    audience: config.AUTH_TOKEN_AUDIENCE,
    keys: keepSigningKeys(identity, { log }),
  })
  const external = externalSettings(config)
  if (config.DEMO) await untilThere(log, () => seedDemo(databases))
  const counting = openPool(config, 'identity', 2)
  const limits = makeLimits(config, {
    log,
    buckets: keepBuckets(identity),
    makeCounter: counterInStore(counting, databaseName(config, 'identity')),
  })
  const mailer = openMailer(config)
  if (mailer === undefined && !config.DEMO) {
    log.warn(
      {},
      'SMTP_URL is not set: mails are sent to nobody, and every admin can read those to customers, links included',
    )
  }
  const running = { program: join(process.cwd(), 'dist', 'verify', 'main.js'), log, stopping: stopping.signal }
  const byHand = makeByHand(checks, running)
  const feed = openFeed({ config, log, orders, stopping: stopping.signal })
  const app = makeApp({
    log,
    ...databases,
    temporal,
    taskQueue: config.TASK_QUEUE,
    accessTokens,
    verify: makeVerify(accessTokens, identity, external && makeExternalTokens(external, { log })),
    proxies: config.TRUSTED_PROXIES,
    limits,
    backlog: makeBacklog({
      mostOrders: config.BACKLOG_MOST_ORDERS,
      mostLag: config.BACKLOG_MOST_LAG,
      countUnsettled: (most) => countUnsettled(orders, most),
      readGroups: groups.read,
      log,
    }),
    corsOrigins: config.CORS_ORIGINS,
    live: feed.live,
    orderMessages: findOrderMessages(config, log),
    readGroups: groups.read,
    caughtUp: groups.caughtUp,
    resumeQuietMs: config.RESUME_QUIET_SECONDS * 1000,
    checks: {
      'database identity': () => ping(identity),
      'database orders': () => ping(orders),
      'database stock': () => ping(stock),
      'database payment': () => ping(payment),
      'database shipping': () => ping(shipping),
      'database webhook': () => ping(webhook),
      kafka: makeKafkaCheck(config, log),
      temporal: temporal.ping,
    },
    plan: planFor(config),
    returns: {
      windowMs: config.RETURN_WINDOW_DAYS * 24 * 3600_000,
      approvedUpToMinor: config.RETURN_APPROVED_UP_TO_MINOR,
      retry: retryPolicyFor(config),
    },
    temporalUiUrl: config.TEMPORAL_UI_URL,
    publicUrl: config.PUBLIC_URL,
    mailsStay: mailer === undefined,
    payloadCodec: makePayloadCodec(config.PAYLOAD_KEYS),
    webhookSecrets: {
      simulator: config.SIMULATOR_WEBHOOK_SECRET,
      stripe: config.STRIPE_WEBHOOK_SECRET,
      easypost: config.EASYPOST_WEBHOOK_SECRET,
    },
    webhooks: webhookSettingsOf(config),
    startCheck: byHand.start,
    demo: config.DEMO,
    drills: makeDrills(config),
    openOperations: config.OPERATIONS_OPEN,
    leaving: leaving.signal,
    stopping: stopping.signal,
    webRoot: join(process.cwd(), 'dist', 'web'),
  })
  const server = await listen(app.fetch, { host: config.HOST, port: config.PORT })
  const tending = keepTending(identity, config.KEY_ROTATION_DAYS * 24 * 3600_000, { log, stopping: stopping.signal })
  const hearing = keepHearers({ identity, webhook, log }, stopping.signal)
  announceReady('api', { url: server.url })
  const checking = keepChecking(checks, { everyMs: config.VERIFY_EVERY_MINUTES * 60_000, ...running })
  const figures = keepFigures({ orders, readGroups: groups.read, log }, stopping.signal)
  const sending = sendMails({ identity, mailer, log }, stopping.signal)

  await askedToStop
  leaving.abort()
  server.letGo()
  await pause(config.DRAIN_SECONDS * 1000)
  stopping.abort()
  await server.close(8_000 - config.DRAIN_SECONDS * 1000)
  await tending
  await sending
  await checking
  await byHand.over()
  await hearing
  await figures
  mailer?.close()
  await feed.stop()
  await Promise.all([
    ...Object.values(databases).map((database) => database.destroy()),
    checks.destroy(),
    new Promise((resolve) => counting.end(resolve)),
    temporal.close(),
    groups.stop(),
    stopTracing(),
  ])
  log.info('stopped')
  process.exit(0)
}

/** Undefined where there is no other provider. */
const externalSettings = (settings: Config) =>
  settings.AUTH_ISSUER === ''
    ? undefined
    : {
        issuer: settings.AUTH_ISSUER,
        audience: settings.AUTH_AUDIENCE || settings.AUTH_TOKEN_AUDIENCE,
        roleClaim: settings.AUTH_ROLE_CLAIM,
        roleMap: settings.AUTH_ROLE_MAP,
        maxAgeSeconds: settings.AUTH_MAX_AGE_SECONDS,
      }

const retryPolicyFor = (settings: Config) => ({
  firstMs: settings.RETRY_SECONDS * 1000,
  attempts: settings.RETRY_ATTEMPTS,
})

const planFor = (settings: Config) =>
  makePlan(orderSaga, {
    retry: retryPolicyFor(settings),
    deadlines: settings.stepDeadlines,
    everyDeadlineMs: settings.STEP_DEADLINE_SECONDS * 1000,
    backorderDeadlines: { stock: settings.BACKORDER_DEADLINE_SECONDS * 1000 },
    limits: settings.APPROVAL_ABOVE_MINOR > 0 ? { approval: settings.APPROVAL_ABOVE_MINOR } : {},
    graces: { payment: settings.PAYMENT_GRACE_SECONDS * 1000 },
    dispatchMs: settings.DISPATCH_DEADLINE_SECONDS * 1000,
  })

/** The database may come later than we do; anything else than its absence is a mistake to be told. */
async function untilThere(to: Log, work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isOutage(error) || tries >= 60) throw error
      to.warn({ err: error, tries }, 'the database is not there yet; waiting')
      await pause(Math.min(2_000, 200 * 2 ** Math.min(tries, 4)))
    }
  }
}

try {
  await run()
} catch (error) {
  giveUp(error)
}
