import type { Kysely } from 'kysely'
import type { Config } from '../../../platform/config.ts'
import type { Log } from '../../../platform/log.ts'
import type { PaymentProvider } from '../provider.ts'
import type { PaymentTables } from '../tables.ts'
import { makeSimulator } from './simulator.ts'
import { startSimulatorWebhooks } from './simulator-webhooks.ts'

export type OpenProvider = { readonly provider: PaymentProvider; readonly close: () => Promise<void> }

/**
 * The provider that the configuration names.
 * @throws when it lacks what that one needs: nobody wants to learn that with the first order.
 */
export async function openProvider(config: Config, database: Kysely<PaymentTables>, log: Log): Promise<OpenProvider> {
  const timeoutMs = config.PROVIDER_TIMEOUT_SECONDS * 1000
  if (config.PAYMENT_PROVIDER === 'simulator') {
    const { WEBHOOK_BASE_URL: baseUrl, SIMULATOR_WEBHOOK_SECRET: secret } = config
    return {
      provider: makeSimulator(database, Math.min(1_500, timeoutMs * 0.7)),
      close: startSimulatorWebhooks({ book: database, log, baseUrl, secret }),
    }
  }
  const secretKey = config.STRIPE_SECRET_KEY
  if (secretKey === '') throw new Error('PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY, a key of your Stripe account')
  // only who uses it pays for loading it
  const { makeStripeProvider } = await import('./stripe.ts')
  const provider = makeStripeProvider(database, { secretKey, apiUrl: config.STRIPE_API_URL, timeoutMs })
  return { provider, close: () => Promise.resolve() }
}
