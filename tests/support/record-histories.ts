import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { startSystem } from '../../stack/system.ts'
import { returnsWorkflowId, webhookDeliveryId } from '../../workflows/messages.ts'
import { openReceiver } from './receiver.ts'
import { orderRequest, type OrderWish, send } from './shop.ts'

/**
 * Records the histories that `tests/replay.test.ts` replays, from real runs: `npx tsx tests/support/record-histories.ts`.
 * Only for a new kind of history: those that are there stand for orders under way when a new version is deployed.
 */
type Recipe = {
  readonly name: string
  readonly wish: Omit<OrderWish, 'sku'>
  readonly cancelAt?: string
  /** After a decline: with what it is paid. */
  readonly paysWith?: string
  /** What is done once it is over, and the workflow whose history that makes. */
  readonly sendsBack?: true
}
const recipes: readonly Recipe[] = [
  { name: 'delivered', wish: {} },
  { name: 'declined', wish: { paymentMethod: 'pm_card_visa_chargeDeclined' } },
  { name: 'out-of-stock', wish: { quantity: 4 } },
  { name: 'undeliverable', wish: { country: 'ZZ' } },
  { name: 'silent-payment', wish: { paymentMethod: 'pm_sim_noAnswer' } },
  { name: 'cancelled-while-silent', wish: { paymentMethod: 'pm_sim_noAnswer' }, cancelAt: 'processing' },
  { name: 'cancelled-confirmed', wish: {}, cancelAt: 'confirmed' },
  { name: 'paid-with-another', wish: { paymentMethod: 'pm_card_visa_chargeDeclined' }, paysWith: 'pm_card_visa' },
  { name: 'returned', wish: {}, sendsBack: true },
]
/** `npx tsx tests/support/record-histories.ts returned`: these alone. */
const wanted = process.argv.slice(2)
const chosen = recipes.filter(({ name }) => wanted.length === 0 || wanted.includes(name))

const dir = await mkdtemp(join(tmpdir(), 'holdfast-record-'))
const env = {
  WEBHOOK_TIME_SCALE: '0.02',
  DEMO: '1',
  PAYMENT_DEADLINE_SECONDS: '5',
  PROVIDER_TIMEOUT_SECONDS: '1',
  CARRIER_DISPATCH_DELAY_MS: '3000',
}
// the other recipes were recorded without a grace: a decline ends them
const grace = chosen.some(({ paysWith }) => paysWith !== undefined) ? { PAYMENT_GRACE_SECONDS: '20' } : {}
const system = await startSystem({ logDir: dir, env: { ...env, ...grace } })
const url = system.apiUrl
const login = { email: 'customer@demo.test', password: 'customer-demo-1' }
const { body } = await send<{ readonly accessToken: string }>(`${url}/v1/auth/login`, 'POST', login)
const authorization = { authorization: `Bearer ${body.accessToken}` }
const connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
const { workflow } = new Client({ connection })

for (const { name, wish, cancelAt, paysWith, sendsBack } of chosen) {
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
  for (let tries = 0; paysWith !== undefined && tries < 200; tries += 1) {
    const answer = await send(
      `${url}/v1/orders/${id}/payment-method`,
      'POST',
      { paymentMethod: paysWith },
      authorization,
    )
    if (answer.status === 202) break
    await pause(50)
  }
  await workflow.getHandle(id).result()
  if (sendsBack) await sendBack(id)
  const history = await workflow.getHandle(sendsBack ? returnsWorkflowId(id) : id).fetchHistory()
  await writeFile(new URL(`../histories/${name}.json`, import.meta.url), historyToJSON(history))
}
if (wanted.length === 0 || wanted.includes('webhook')) await recordWebhook()
await connection.close()
await system.stop()
await rm(dir, { recursive: true, force: true })

/** One of two goods comes back, and is restocked and paid back. */
async function sendBack(id: string): Promise<void> {
  const admin = { email: 'admin@demo.test', password: 'admin-demo-1' }
  const staff = await send<{ readonly accessToken: string }>(`${url}/v1/auth/login`, 'POST', admin)
  const asStaff = { authorization: `Bearer ${staff.body.accessToken}` }
  const lines = [{ sku: 'MUG-CLASSIC', quantity: 1 }]
  for (let tries = 0; tries < 200; tries += 1) {
    const asked = await send(`${url}/v1/orders/${id}/returns`, 'POST', { lines, reason: 'It leaks' }, authorization)
    if (asked.status === 201) break
    await pause(50) // the projection is told of the delivery a moment later
  }
  await send(`${url}/v1/admin/orders/${id}/returns/1/receipt`, 'POST', {}, asStaff)
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await send<{ status?: string }>(
      `${url}/v1/orders/${id}/returns/1`,
      'GET',
      undefined,
      authorization,
    )
    if (body.status === 'completed') return
    await pause(50)
  }
  throw new Error('the return did not come to an end')
}

/** A delivery that fails twice and is refused, then one that was asked for by hand and arrives. */
async function recordWebhook(): Promise<void> {
  const receiver = await openReceiver()
  receiver.answer('/', 500, 503, 422, 200)
  const wish = { url: receiver.url('/'), events: ['order.placed'] }
  const made = await send<{ readonly id: string }>(`${url}/v1/webhook-endpoints`, 'POST', wish, authorization)
  const order = orderRequest({ sku: 'MUG-CLASSIC' })
  const placed = await send<{ readonly id: string }>(`${url}/v1/orders`, 'POST', order, authorization)
  const id = webhookDeliveryId(made.body.id, `${placed.body.id}:1`)
  for (let tries = 0; tries < 200 && receiver.at('/').length < 3; tries += 1) await pause(50)
  const first = workflow.getHandle(id)
  await first.result()
  const log = `${url}/v1/webhook-endpoints/${made.body.id}/deliveries`
  const { body: sent } = await send<{ readonly items: readonly { readonly id: string }[] }>(
    log,
    'GET',
    undefined,
    authorization,
  )
  await writeFile(
    new URL('../histories/webhook-at-once-refused.json', import.meta.url),
    historyToJSON(await first.fetchHistory()),
  )
  await send(`${url}/v1/webhook-deliveries/${sent.items[0]?.id}/redeliver`, 'POST', undefined, authorization)
  const again = workflow.getHandle(id)
  await again.result()
  const history = historyToJSON(await again.fetchHistory())
  await writeFile(new URL('../histories/webhook-at-once-redelivered.json', import.meta.url), history)
  await receiver.close()
}
