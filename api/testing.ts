import { exportJWK, generateKeyPair } from 'jose'
import { makePlan } from '../domain/saga/plan.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { openTemporal } from '../platform/temporal-client.ts'
import type { NotificationTables } from '../workers/notification/tables.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import type { PaymentTables } from '../workers/payment/tables.ts'
import type { ShippingTables } from '../workers/shipping/tables.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import type { WebhookTables } from '../workers/webhook/tables.ts'
import { makeApp } from './app.ts'
import type { Deps } from './deps.ts'
import { makeAccessTokens } from './identity/access-token.ts'
import type { SigningKeys } from './identity/signing-keys.ts'
import type { IdentityTables, Role } from './identity/tables.ts'
import { noStore } from './limits/bucket-store.ts'
import { counterInMemory, makeLimits } from './limits/limits.ts'
import { unavailable } from './problem.ts'
import { makeLive } from './streams/live.ts'
import { webhookSettingsOf } from './webhooks/settings.ts'

/** Signing keys as the database would give them. */
export async function makeTestKeys(kid = 'test') {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const { kty = 'OKP', crv = 'Ed25519', x = '' } = await exportJWK(publicKey)
  const keys: SigningKeys = {
    active: { kid, key: privateKey },
    verifying: new Map([[kid, publicKey]]),
    jwks: { keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] },
  }
  return { keys, publicKey, privateKey }
}

/** The app with every database and Temporal down: what is answered without them, and how their absence is told. */
export async function makeTestApp(changes: Partial<Deps> = {}) {
  // nothing listens on port 1
  const config = readConfig({
    DATABASE_URL: 'mysql://root@127.0.0.1:1',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    // a fast machine asks faster than a person may
    LIMIT_ORDERS_PER_SECOND: '100000',
    LIMIT_ORDERS_BURST: '100000',
    LIMIT_WRITES_PER_SECOND: '100000',
    LIMIT_READS_PER_SECOND: '100000',
  })
  const { keys } = await makeTestKeys()
  const accessTokens = makeAccessTokens({ issuer: 'holdfast', audience: 'holdfast-api', keys: async () => keys })
  const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
  const orders = openDatabase<OrdersTables>(config, 'orders')
  const app = makeApp({
    log,
    identity: openDatabase<IdentityTables>(config, 'identity'),
    notification: openDatabase<NotificationTables>(config, 'notification'),
    orders,
    stock: openDatabase<StockTables>(config, 'stock'),
    payment: openDatabase<PaymentTables>(config, 'payment'),
    shipping: openDatabase<ShippingTables>(config, 'shipping'),
    webhook: openDatabase<WebhookTables>(config, 'webhook'),
    temporal: openTemporal(config),
    taskQueue: 'orders',
    accessTokens,
    verify: accessTokens.verify,
    proxies: 0,
    limits: makeLimits(config, { log, buckets: noStore, makeCounter: counterInMemory }),
    backlog: {
      isFull: () => false,
      refusal: () => unavailable('overloaded', ''),
      refused: () => 0,
      figures: () => undefined,
    },
    corsOrigins: [],
    live: makeLive({ log, orders, openReader: () => Promise.reject(new Error('no Kafka')) }).live,
    orderMessages: { topic: 'orders', find: () => Promise.reject(new Error('no Kafka')) },
    readGroups: async () => undefined,
    caughtUp: async () => false,
    resumeQuietMs: 1000,
    checks: {},
    plan: makePlan(orderSaga, { retry: { firstMs: 1000, attempts: 3 } }),
    demo: false,
    returns: { windowMs: 1000, approvedUpToMinor: 0, retry: { firstMs: 1000, attempts: 3 } },
    temporalUiUrl: 'http://127.0.0.1:8233',
    publicUrl: 'http://127.0.0.1:3000',
    mailsStay: true,
    webhookSecrets: { simulator: 'test-secret', stripe: 'test-secret', easypost: 'test-secret' },
    webhooks: webhookSettingsOf(config),
    startCheck: async () => false,
    ...changes,
  })
  const id = '11111111-1111-4111-8111-111111111111'
  const bearer = async (role: Role) => ({
    Authorization: `Bearer ${await accessTokens.sign({ id, role })}`,
  })
  return { app, bearer }
}
