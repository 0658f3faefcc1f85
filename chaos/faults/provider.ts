import { sql } from 'kysely'
import { openDatabase } from '../../platform/database.ts'
import { type Fault, fault } from '../fault.ts'
import { byWebhook, chargedThenSilent, declinedByWebhook, type Kind, providerErrors } from '../kinds.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

type Shop = Pick<World, 'load'>

const several = (world: Shop, ...kinds: readonly Kind[]): Promise<readonly string[]> =>
  Promise.all([...kinds, ...kinds, ...kinds].map(world.load.place))

export const chargesThenIsSilent: Fault<Shop> = fault(
  'provider charges, then is silent',
  async (world) => void (await several(world, chargedThenSilent)),
)

/** What its customers pay with makes the simulator fail in its way. */
export const providerFaults: readonly Fault[] = [
  fault('provider fails twice', async (world) => void (await several(world, providerErrors))),
  chargesThenIsSilent,
  fault('webhooks late', (world) =>
    withWebhooks(world, 'SET due_at = due_at + INTERVAL 6 SECOND WHERE sent_at IS NULL'),
  ),
  fault('webhooks doubled', (world) => withWebhooks(world, 'SET sent_at = NULL WHERE sent_at IS NOT NULL')),
]

/** Orders that are paid by webhook, and what the provider's queue of webhooks does meanwhile. */
async function withWebhooks(world: World, change: string): Promise<void> {
  const placing = several(world, byWebhook, declinedByWebhook)
  const payment = openDatabase<Record<string, never>>(world.config, 'payment', 1)
  try {
    await until('the provider has webhooks to play with', async () => {
      const { numAffectedRows = 0n } = await sql.raw(`UPDATE simulated_webhook ${change}`).execute(payment)
      return numAffectedRows > 0n
    })
  } finally {
    await payment.destroy()
    await placing
  }
}
