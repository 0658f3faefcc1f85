import { expect, it } from 'vitest'
import { readConfig } from '../../../platform/config.ts'
import { openDatabase } from '../../../platform/database.ts'
import { makeLog } from '../../../platform/log.ts'
import type { PaymentTables } from '../tables.ts'
import { openProvider } from './open.ts'

it('Stripe without a key is an error at the start, not at the first order', async () => {
  const config = readConfig({ DATABASE_URL: 'mysql://root@127.0.0.1:1', PAYMENT_PROVIDER: 'stripe' })
  const database = openDatabase<PaymentTables>(config, 'payment')
  const open = openProvider(config, database, makeLog({ LOG_LEVEL: 'silent' }, 'test'))
  await expect(open).rejects.toThrow('PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY')
  await database.destroy()
})
