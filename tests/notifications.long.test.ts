import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { OrderEvent } from '../domain/saga/event.ts'
import { toMessage } from '../events/envelope.ts'
import { connectKafka, makeProducer, type Producer } from '../events/kafka.ts'
import { ordersTopic } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import type { System } from '../stack/system.ts'
import { type MailServer, startMailServer } from './support/mail-server.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, send, signInAdmin } from './support/shop.ts'
import { manyReaders, story } from './support/told-orders.ts'

type Message = {
  readonly kind: string
  readonly status: string
  readonly to: string | null
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly cause: string | null
}

let mails: MailServer
let system: System
let admin: Person
let producer: Producer
let topic: string

beforeAll(async () => {
  mails = await startMailServer()
  const SMTP_URL = `smtp://127.0.0.1:${mails.port}`
  system = await startOwnSystem({ SMTP_URL, MAIL_FROM: 'Shop <shop@holdfast.test>' }, ['api', 'notification'])
  admin = await signInAdmin(system.apiUrl)
  const config = readConfig(system.env)
  topic = ordersTopic(config)
  producer = makeProducer(connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test'))
  await producer.connect()
})
afterAll(async () => {
  await producer.disconnect()
  await system.stop()
  await mails.stop()
})

/** A person whose address is known to the test. */
async function customer(name = 'kim') {
  const account = { email: `${name}.${randomUUID()}@shop.test`, password: `pass-${randomUUID()}`, name: 'Kim' }
  const url = `${system.apiUrl}/v1/auth/register`
  const { body } = await send<{ user: { id: string }; accessToken: string }>(url, 'POST', account)
  const call = (method: string, path: string, sent?: unknown) =>
    send<{ orders: object; campaigns: boolean; code?: string }>(`${system.apiUrl}${path}`, method, sent, {
      authorization: `Bearer ${body.accessToken}`,
    })
  return { id: body.user.id, email: account.email, call }
}

const publish = (...events: readonly OrderEvent[]) => producer.send({ topic, messages: events.map(toMessage) })

const messages = async (query: string): Promise<readonly Message[]> =>
  (await admin.call<{ items: readonly Message[] }>('GET', `/v1/admin/notifications?${query}`)).body.items

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 })
const untilCame = (email: string, count: number) => until(() => expect(mails.to(email)).toHaveLength(count))

describe('messages about an order', () => {
  it('come by e-mail, one for each event that is told, also where the events come again', async () => {
    const { id, email } = await customer()
    const { order, event, placed } = story(id)
    const parcel = { carrier: 'simulator', trackingNumber: 'SIM-4711' }
    const reason = { code: 'card_declined', message: 'The card was <declined>' }
    const told = [
      placed(),
      event('order.stock_reserved', {}),
      event('order.payment_declined', { reason, retryUntil: '2030-01-01T10:00:00.000Z', outcome: 'rejected' }),
      event('order.shipment_booked', { shipment: parcel }),
      event('order.confirmed', { status: 'confirmed' }),
      event('order.dispatched', { status: 'dispatched', order, shipment: { status: 'dispatched' } }),
      event('order.delivered', { status: 'delivered' }),
      event('order.payment_voided', { payment: { status: 'voided' } }),
      event('order.cancelled', { status: 'cancelled' }),
      event('order.rejected', { status: 'rejected', failure: { step: 'stock', ...reason } }),
    ]
    await publish(...told)
    await untilCame(email, 7)
    const ids = mails.to(email).map(({ messageId }) => messageId)
    const kinds = ['placed', 'needsAction', 'confirmed', 'dispatched', 'delivered', 'cancelled', 'rejected']
    expect(new Set(ids.map((one) => one.split('@')[0]?.split('.').at(-1)))).toEqual(new Set(kinds))
    expect(ids.every((one) => one.startsWith(`<${order.id}.`) && one.endsWith('@holdfast.test>'))).toBe(true)

    const kept = new Map((await messages(`orderId=${order.id}`)).map((one) => [one.kind, one]))
    expect(kept.get('dispatched')?.text).toContain('Tracking number: SIM-4711')
    expect(kept.get('cancelled')?.text).toContain('The EUR 10.00 that were held for it are free again')
    expect(kept.get('needsAction')).toMatchObject({ status: 'sent', to: email })
    expect(kept.get('needsAction')?.html).toContain('The card was &lt;declined&gt;')
    expect(kept.get('needsAction')?.html).not.toContain('<declined>')
    const mail = mails.to(email).find(({ messageId }) => messageId.includes('.dispatched@'))
    expect(mail?.source).toMatch(/text\/plain[^]*SIM-4711[^]*text\/html[^]*SIM-4711/)

    // behind what comes again on its partition
    await publish(...told, event('order.payment_declined', { retryUntil: '2030-01-01T10:00:00.000Z' }))
    await untilCame(email, 8)
    expect(await messages(`orderId=${order.id}`)).toHaveLength(8)
  })

  it('wait while no mail server answers, also in a worker that is started anew, and then come once', async () => {
    const { id, email } = await customer()
    await mails.stop()
    const { order, event, placed } = story(id)
    await publish(placed(), event('order.confirmed', { status: 'confirmed' }))
    await until(async () => {
      const waiting = await messages(`orderId=${order.id}`)
      expect(waiting.map(({ status }) => status)).toEqual(['queued', 'queued'])
      expect(waiting[0]?.cause).toBeTruthy()
    })
    await system.start('notification') // instead of the one that runs: what it had in mind is lost
    await mails.start()
    await untilCame(email, 2)
    await until(async () => expect(await messages(`orderId=${order.id}&status=sent`)).toHaveLength(2))
    expect(mails.to(email)).toHaveLength(2)
  })

  it('are listed as refused where the mail server does not know the address', async () => {
    const { id } = await customer('nobody')
    await publish(story(id).placed())
    await until(async () => {
      const [one] = await messages(`customerId=${id}&status=refused`)
      expect(one).toMatchObject({ kind: 'placed', cause: '550 RCPT TO' })
    })
  })

  it('are not sent to who does not want them', async () => {
    const { id, email, call } = await customer()
    const chosen = (await call('GET', '/v1/me/notifications')).body
    expect(chosen).toMatchObject({ orders: { placed: true, confirmed: true }, campaigns: false })
    const choice = { ...chosen, orders: { ...chosen.orders, placed: false } }
    expect((await call('PUT', '/v1/me/notifications', choice)).body).toEqual(choice)
    expect((await call('GET', '/v1/me/notifications')).body).toEqual(choice)
    expect((await call('PUT', '/v1/me/notifications', { campaigns: true })).body.code).toBe('validation_failed')
    const { order, event, placed } = story(id)
    await publish(placed(), event('order.confirmed', { status: 'confirmed' }))
    await untilCame(email, 1)
    const all = await messages(`orderId=${order.id}`)
    expect(all.map(({ kind, status }) => [kind, status])).toEqual([
      ['confirmed', expect.stringMatching(/sen[dt]/)],
      ['placed', 'unwanted'],
    ])
  })

  it('find no address once the customer is erased, and their choices are gone', async () => {
    const { id, email, call } = await customer()
    const chosen = (await call('GET', '/v1/me/notifications')).body
    await call('PUT', '/v1/me/notifications', { ...chosen, campaigns: true })
    const { order, event, placed } = story(id)
    await publish(placed())
    await untilCame(email, 1)
    expect((await admin.call('DELETE', `/v1/customers/${id}`)).status).toBe(204)
    await publish(event('order.delivered', { status: 'delivered' }))
    await until(async () => {
      const all = await messages(`orderId=${order.id}`)
      expect(all.map(({ status, to }) => [status, to])).toEqual([
        ['failed', null],
        ['sent', null],
      ])
    })
    expect(JSON.stringify(await messages(`customerId=${id}`))).not.toContain(email)
    expect(mails.to(email)).toHaveLength(1)
  })
})

describe('a campaign', () => {
  it('goes to each customer who chose so, once, however often it is sent with the same key', async () => {
    const [wants, wantsToo, wantsNot] = [await customer(), await customer(), await customer()]
    for (const { call } of [wants, wantsToo]) {
      const chosen = (await call('GET', '/v1/me/notifications')).body
      expect((await call('PUT', '/v1/me/notifications', { ...chosen, campaigns: true })).status).toBe(200)
    }
    const campaign = { subject: 'New mugs', text: 'Blue ones.\n\n<b>Here</b> & now.' }
    const key = { 'Idempotency-Key': `"${randomUUID()}"` }
    const post = (body: object) => admin.call<{ id: string; code?: string }>('POST', '/v1/admin/campaigns', body, key)
    const first = await post(campaign)
    expect(first.status).toBe(201)
    expect(await post(campaign)).toMatchObject({ status: 200, body: { id: first.body.id } })
    expect((await post({ ...campaign, text: 'Other' })).body.code).toBe('idempotency_key_reused')
    await Promise.all([untilCame(wants.email, 1), untilCame(wantsToo.email, 1)])
    await until(async () => {
      const { body } = await admin.call('GET', `/v1/admin/campaigns/${first.body.id}`)
      expect(body).toMatchObject({ queued: 2, finishedAt: expect.any(String) })
      expect(body).toMatchObject({ messages: [{ status: 'sent', count: 2 }] })
    })
    type Page = { readonly items: readonly object[] }
    const { body: listed } = await admin.call<Page>('GET', '/v1/admin/campaigns?limit=1')
    expect(listed).toMatchObject({ items: [{ id: first.body.id, queued: 2 }] })
    const { body: queues } = await admin.call<Page>('GET', '/v1/admin/notifications/queues')
    expect(queues.items).toContainEqual({ lane: 'bulk', waiting: 0, oldestAt: null })
    const [message] = await messages(`customerId=${wants.id}`)
    expect(message).toMatchObject({ kind: 'campaign', lane: 'bulk', subject: 'New mugs' })
    expect(message?.html).toContain('&lt;b&gt;Here&lt;/b&gt; &amp; now.')
    expect(mails.to(wantsNot.email)).toEqual([])
    expect((await wants.call('POST', '/v1/admin/campaigns', campaign)).body.code).toBe('forbidden')
  })
})

describe('a long campaign', () => {
  it('lets pass what there is to tell about an order, though that came last', async () => {
    const readers = await manyReaders(readConfig(system.env), 100)
    const { id, email } = await customer()
    await mails.stop()
    const campaign = { subject: 'Sale', text: 'Everything must go.' }
    const { body, status } = await admin.call<{ id: string }>('POST', '/v1/admin/campaigns', campaign)
    expect(status).toBe(201)
    await until(async () => {
      const now = await admin.call('GET', `/v1/admin/campaigns/${body.id}`)
      expect(now.body['finishedAt']).not.toBeNull()
    })
    const { order, placed } = story(id)
    await publish(placed())
    await until(async () => expect(await messages(`orderId=${order.id}`)).toHaveLength(1))
    const before = mails.received.length
    await mails.start()
    await until(() => expect(mails.received.filter(({ to }) => readers.has(to))).toHaveLength(readers.size))
    const place = mails.received.findIndex(({ to }) => to === email) - before
    // those that were on their way already may come before it
    expect(place).toBeGreaterThanOrEqual(0)
    expect(place).toBeLessThan(10)
  })
})

describe('without a mail server', () => {
  it('messages about a real order are kept for admins to read', async () => {
    const apiUrl = inject('apiUrl')
    const staff = await signInAdmin(apiUrl)
    const person = await register(apiUrl)
    const { id } = (await person.place({ sku: await newProduct(staff, 5) })).body
    await person.until(id, 'delivered')
    const found = (query: string) =>
      staff.call<{ items: readonly Message[]; nextCursor: string | null }>('GET', `/v1/admin/notifications?${query}`)
    await until(async () => {
      const { items } = (await found(`orderId=${id}&status=kept`)).body
      const told = ['placed', 'confirmed', 'dispatched', 'delivered']
      expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(told))
      expect(items).toHaveLength(told.length)
    })
    const page = (await found(`customerId=${person.id}&limit=3`)).body
    expect(page.items).toHaveLength(3)
    const rest = (await found(`customerId=${person.id}&limit=3&cursor=${page.nextCursor ?? ''}`)).body
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null])
    expect(rest.items[0]).toMatchObject({ kind: 'placed', subject: expect.stringContaining(id.slice(0, 8)) })
    expect((await person.call('GET', '/v1/admin/notifications')).status).toBe(403)
  })
})
