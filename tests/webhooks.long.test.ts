import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectKafka, makeProducer } from '../events/kafka.ts'
import { groupName, ordersTopic } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { roles } from '../stack/processes.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { openReceiver, read, verified } from './support/receiver.ts'
import { newProduct, type Person, register, send, signInAdmin } from './support/shop.ts'
import { readTopic, untilRead } from './support/topic.ts'
import { deliveries, type Endpoint, endpointOf, only, openEndpoint, slow, statuses, trial } from './support/webhooks.ts'

let system: System
let receiver: Awaited<ReturnType<typeof openReceiver>>
let admin: Person
let sku: string

beforeAll(async () => {
  receiver = await openReceiver()
  system = await startOwnSystem({ WEBHOOK_TIME_SCALE: '0.02', WEBHOOK_BREAKER_FAILURES: '3' }, roles)
  admin = await signInAdmin(system.apiUrl)
  sku = await newProduct(admin, 100)
})
afterAll(async () => {
  await system.stop()
  await receiver.close()
})

const listen = (who: Person, path: string, ...events: readonly string[]): Promise<Endpoint> =>
  openEndpoint(who, receiver.url(path), events)

async function placed(who: Person): Promise<string> {
  const { status, body } = await who.place({ sku })
  expect(status).toBe(201)
  return body.id
}

describe('an endpoint', () => {
  it('is told of its owner’s orders and of nobody else’s, signed; one of an admin of all', async () => {
    const [customer, stranger] = [await register(system.apiUrl), await register(system.apiUrl)]
    const own = await listen(customer, '/own', 'order.*')
    const all = await listen(admin, '/all', 'order.confirmed')
    const [mine, theirs] = [await placed(customer), await placed(stranger)]
    await Promise.all([customer.until(mine, 'delivered'), stranger.until(theirs, 'delivered')])
    const types = (await customer.timeline(mine)).map(({ type }) => type).toSorted()
    await vi.waitFor(
      () =>
        expect(
          receiver
            .at('/own')
            .map((one) => read(one).type)
            .toSorted(),
        ).toEqual(types),
      slow,
    )
    for (const one of receiver.at('/own')) {
      const event = verified(own.secret, one)
      expect([event.orderid, one.headers['webhook-id']]).toEqual([mine, event.id])
      expect(one.body).not.toMatch(/addressId|"asks"|"plan"/)
    }
    await vi.waitFor(() => expect(receiver.at('/all')).toHaveLength(2), slow)
    const seen = receiver.at('/all').map((one) => verified(all.secret, one))
    expect(seen.map(({ type }) => type)).toEqual(['order.confirmed', 'order.confirmed'])
    expect(new Set(seen.map(({ orderid }) => orderid))).toEqual(new Set([mine, theirs]))
    expect((await deliveries(customer, own, '&status=delivered')).length).toBe(types.length)
  })

  it('gets no event twice, though the topic has all of them twice', async () => {
    const config = readConfig(system.env)
    const kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'webhooks-test')
    const calls = () => [receiver.at('/own').length, receiver.at('/all').length]
    const before = calls()
    const producer = makeProducer(kafka)
    await producer.connect()
    await producer.send({ topic: ordersTopic(config), messages: [...(await readTopic(kafka, ordersTopic(config)))] })
    await producer.disconnect()
    await untilRead(kafka, ordersTopic(config), groupName(config, 'webhook'))
    expect(calls()).toEqual(before)
  })

  it('is there for its owner and for staff to read, and for nobody else', async () => {
    const [customer, stranger] = [await register(system.apiUrl), await register(system.apiUrl)]
    const { id } = await listen(customer, '/hidden', 'order.confirmed')
    await placed(customer)
    const delivery = await only(customer, await endpointOf(customer, id), 'delivered')
    const calls = [
      ['GET', `/v1/webhook-endpoints/${id}`],
      ['PATCH', `/v1/webhook-endpoints/${id}`, { enabled: false }],
      ['DELETE', `/v1/webhook-endpoints/${id}`],
      ['POST', `/v1/webhook-endpoints/${id}/secret`],
      ['POST', `/v1/webhook-endpoints/${id}/test`],
      ['GET', `/v1/webhook-endpoints/${id}/deliveries`],
      ['POST', `/v1/webhook-deliveries/${delivery.id}/redeliver`],
    ] as const
    for (const [method, path, body] of calls) {
      const { status } = await stranger.call(method, path, body)
      expect([method, path, status]).toEqual([method, path, 404])
    }
    expect(JSON.stringify((await admin.call('GET', `/v1/webhook-endpoints/${id}`)).body)).not.toContain('whsec_')
    expect((await admin.call('PATCH', `/v1/webhook-endpoints/${id}`, { enabled: false })).status).toBe(404)
    expect((await customer.call('DELETE', `/v1/webhook-endpoints/${id}`)).status).toBe(204)
    expect((await customer.call('GET', `/v1/webhook-endpoints/${id}`)).status).toBe(404)
  })

  it('is one of ten at most', async () => {
    const customer = await register(system.apiUrl)
    const wish = { url: receiver.url('/many'), events: ['return.*'] }
    const made = await Promise.all(
      Array.from({ length: 12 }, () => customer.call<Endpoint>('POST', '/v1/webhook-endpoints', wish)),
    )
    expect(made.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(made.find(({ status }) => status !== 201)?.body.code).toBe('too_many_webhook_endpoints')
  })

  it('of a program that was revoked is told of nothing any more', async () => {
    const wish = { name: 'Hooks', scopes: ['orders:read'] }
    const { body: account } = await admin.call<{ id: string; secret: string }>(
      'POST',
      '/v1/admin/service-accounts',
      wish,
    )
    const form = { grant_type: 'client_credentials', client_id: account.id, client_secret: account.secret }
    const answer = await fetch(`${system.apiUrl}/v1/auth/token`, { method: 'POST', body: new URLSearchParams(form) })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const made = await send<Endpoint>(
      `${system.apiUrl}/v1/webhook-endpoints`,
      'POST',
      { url: receiver.url('/program'), events: ['*'] },
      { authorization: `Bearer ${token}` },
    )
    expect(made.status).toBe(201)
    await admin.call('DELETE', `/v1/admin/service-accounts/${account.id}`)
    await vi.waitFor(async () => expect((await endpointOf(admin, made.body.id)).disabled?.by).toBe('no_access'), slow)
  })
})

describe('a delivery', () => {
  it('that failed is tried again after a pause, under the same id', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/flaky', 'order.placed')
    receiver.answer('/flaky', 500, 429, 200)
    await placed(customer)
    expect(statuses(await only(customer, endpoint, 'delivered'))).toEqual([500, 429, 200])
    const ids = receiver.at('/flaky').map((one) => verified(endpoint.secret, one).id)
    expect([ids.length, new Set(ids).size]).toEqual([3, 1])
  })

  it('that was refused is not tried again, unless somebody asks', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/picky', 'order.placed')
    receiver.answer('/picky', 422, 200)
    await placed(customer)
    const refused = await only(customer, endpoint, 'refused')
    expect(refused.attempts).toMatchObject([{ status: 422, responseStart: 'said 422' }])
    const asked = await customer.call('POST', `/v1/webhook-deliveries/${refused.id}/redeliver`)
    expect(asked.status).toBe(202)
    expect(statuses(await only(customer, endpoint, 'delivered'))).toEqual([422, 200])
    const [first, second] = receiver.at('/picky')
    expect(first?.body).toBe(second?.body)
  })

  it('disables an endpoint that is gone', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/gone', 'order.placed')
    receiver.answer('/gone', 410)
    await placed(customer)
    const { id } = await only(customer, endpoint, 'refused')
    await vi.waitFor(async () => expect((await endpointOf(customer, endpoint.id)).disabled?.by).toBe('gone'), slow)
    const asked = await customer.call<Endpoint>('POST', `/v1/webhook-deliveries/${id}/redeliver`)
    expect(asked.body.code).toBe('webhook_endpoint_disabled')
  })

  it('goes on where it was when the process is killed between two tries', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/killed', 'order.placed')
    receiver.answer('/killed', 500, 500, 500, 200)
    await placed(customer)
    await only(customer, endpoint, 'pending', 3)
    system.process('webhook').kill('SIGKILL')
    await system.start('webhook')
    expect(statuses(await only(customer, endpoint, 'delivered'))).toEqual([500, 500, 500, 200])
  }, 150_000)

  it('waits while its endpoint’s breaker is open, which closes when somebody answers', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/broken', 'order.*')
    receiver.answer('/broken', 503)
    const id = await placed(customer)
    await vi.waitFor(async () => expect((await endpointOf(customer, endpoint.id)).breaker.state).toBe('open'), slow)
    await customer.until(id, 'delivered')
    const events = (await customer.timeline(id)).length
    await vi.waitFor(async () => expect(await deliveries(customer, endpoint)).toHaveLength(events), slow)
    const untried = (await deliveries(customer, endpoint)).filter(({ attempts }) => attempts.length === 0)
    expect(untried.length).toBeGreaterThan(0)
    receiver.answer('/broken', 200)
    await vi.waitFor(
      async () => expect(await deliveries(customer, endpoint, '&status=delivered')).toHaveLength(events),
      slow,
    )
    expect((await endpointOf(customer, endpoint.id)).breaker).toMatchObject({ state: 'closed', failures: 0 })
  })
})

describe('a test delivery', () => {
  it('tells what came of it, or what would be sent, signed by both secrets after a change', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/tried', 'order.placed')
    expect((await trial(customer, endpoint, '?dryRun=true')).wouldSend?.body).toContain('webhook.test')
    expect(receiver.at('/tried')).toEqual([])
    const rotated = await customer.call<{ secret: string }>('POST', `/v1/webhook-endpoints/${endpoint.id}/secret`)
    const { delivery } = await trial(customer, endpoint)
    expect(delivery).toMatchObject({ status: 'delivered', type: 'webhook.test', attempts: [{ status: 200 }] })
    const [got] = receiver.at('/tried')
    for (const secret of [endpoint.secret, rotated.body.secret]) {
      expect(got && verified(secret, got).type).toBe('webhook.test')
    }
  })

  it('does not follow a redirect', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/moved', 'order.placed')
    receiver.answer('/moved', 307)
    const { delivery } = await trial(customer, endpoint)
    expect(delivery?.attempts).toMatchObject([{ status: 307, error: 'redirect_not_followed' }])
    expect(receiver.at('/redirected')).toEqual([])
  })

  it('goes to no private address, whatever the endpoint was when it was made', async () => {
    const customer = await register(system.apiUrl)
    const endpoint = await listen(customer, '/private', 'order.placed')
    await system.process('webhook').stop()
    await system.start('webhook', 'webhook', { WEBHOOK_PRIVATE_TARGETS: '0' })
    const { delivery } = await trial(customer, endpoint)
    expect(delivery).toMatchObject({ status: 'refused', attempts: [{ status: null, error: 'target_not_allowed' }] })
    expect(receiver.at('/private')).toEqual([])
  })
})
