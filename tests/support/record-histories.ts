import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { startSystem } from '../../stack/system.ts'
import { orderRequest, type OrderWish, send } from './shop.ts'

/**
 * Records the histories that `tests/replay.test.ts` replays, from real runs: `npx tsx tests/support/record-histories.ts`.
 * Only for a new kind of history: those that are there stand for orders under way when a new version is deployed.
 */
type Recipe = { readonly name: string; readonly wish: Omit<OrderWish, 'sku'>; readonly cancelAt?: string }
const recipes: readonly Recipe[] = [
  { name: 'delivered', wish: {} },
  { name: 'declined', wish: { paymentMethod: 'pm_card_visa_chargeDeclined' } },
  { name: 'out-of-stock', wish: { quantity: 4 } },
  { name: 'undeliverable', wish: { country: 'ZZ' } },
  { name: 'silent-payment', wish: { paymentMethod: 'pm_sim_noAnswer' } },
  { name: 'cancelled-while-silent', wish: { paymentMethod: 'pm_sim_noAnswer' }, cancelAt: 'processing' },
  { name: 'cancelled-confirmed', wish: {}, cancelAt: 'confirmed' },
]

const dir = await mkdtemp(join(tmpdir(), 'holdfast-record-'))
const env = {
  DEMO: '1',
  PAYMENT_DEADLINE_SECONDS: '5',
  PROVIDER_TIMEOUT_SECONDS: '1',
  CARRIER_DISPATCH_DELAY_MS: '3000',
}
const system = await startSystem({ logDir: dir, env })
const url = system.apiUrl
const login = { email: 'customer@demo.test', password: 'customer-demo-1' }
const { body } = await send<{ readonly accessToken: string }>(`${url}/v1/auth/login`, 'POST', login)
const authorization = { authorization: `Bearer ${body.accessToken}` }
const connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
const { workflow } = new Client({ connection })

for (const { name, wish, cancelAt } of recipes) {
  const sku = name === 'out-of-stock' ? 'ZINE-LIMITED' : 'MUG-CLASSIC'
  const placed = await send<{ readonly id: string }>(
    `${url}/v1/orders`,
    'POST',
    orderRequest({ sku, ...wish }),
    authorization,
  )
  const { id } = placed.body
  while (cancelAt !== undefined) {
    const order = await send<{ readonly status: string }>(`${url}/v1/orders/${id}`, 'GET', undefined, authorization)
    if (order.body.status !== cancelAt) continue
    await send(`${url}/v1/orders/${id}/cancellation`, 'POST', {}, authorization)
    break
  }
  await workflow.getHandle(id).result()
  const history = await workflow.getHandle(id).fetchHistory()
  await writeFile(new URL(`../histories/${name}.json`, import.meta.url), historyToJSON(history))
}
await connection.close()
await system.stop()
await rm(dir, { recursive: true, force: true })
