import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { build } from '../stack/build.ts'
import { replayFrom } from '../stack/replaying.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
const address = inject('serverEnv')['TEMPORAL_ADDRESS'] ?? ''
let code: string
let customer: Person
let sku: string

beforeAll(async () => {
  await build()
  code = readFileSync(new URL('../dist/workflow-bundle.js', import.meta.url), 'utf8')
  customer = await register(apiUrl)
  sku = await newProduct(await signInAdmin(apiUrl), 10)
})

async function replay(bundle: string) {
  const results = []
  for await (const each of replayFrom({
    access: { TEMPORAL_ADDRESS: address },
    namespace: 'default',
    recent: 20,
    code: bundle,
  }))
    results.push(each)
  return results
}

describe('the workflows of a live server', () => {
  it('replay under the code as it is, open ones and closed ones, and not under one that is broken', async () => {
    const over = (await customer.place({ sku })).body.id
    await customer.until(over, 'delivered')
    const open = (await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })).body.id
    const results = await replay(code)
    expect(results.filter(({ error }) => error)).toEqual([])
    expect(results.map(({ workflowId }) => workflowId)).toEqual(expect.arrayContaining([over, open]))

    const broken = await replay(code.replaceAll('publishEvents', 'publishEventz'))
    expect(broken.find(({ workflowId }) => workflowId === over)?.error).toBeDefined()
    await customer.call('POST', `/v1/orders/${open}/cancellation`, {})
  })
})
