import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../platform/config.ts'
import { makeEasyPost } from './easypost.ts'

type Call = { readonly route: string; readonly body: unknown; readonly authorization: string | undefined }
type Reply = readonly [status: number, body: unknown]

let server: Server
let calls: Call[]
/** By `METHOD path`; what is not listed is 404, as EasyPost says it. */
let replies: Record<string, Reply>

const missing: Reply = [404, { error: { code: 'NOT_FOUND', message: 'The requested resource could not be found.' } }]

beforeEach(async () => {
  calls = []
  replies = {}
  server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const route = `${request.method} ${request.url}`
      calls.push({ route, body, authorization: request.headers.authorization })
      const [status, answer] = replies[route] ?? missing
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString())
}

const settings = () => ({
  CARRIER: 'easypost',
  EASYPOST_API_KEY: 'EZTK-test',
  EASYPOST_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`,
  SHIP_FROM_NAME: 'Holdfast',
  SHIP_FROM_STREET: '417 Montgomery Street',
  SHIP_FROM_CITY: 'San Francisco',
  SHIP_FROM_STATE: 'CA',
  SHIP_FROM_POSTAL_CODE: '94104',
  SHIP_FROM_COUNTRY: 'US',
  SHIP_FROM_PHONE: '4155559999',
})
const carrier = () => makeEasyPost(readConfig(settings()))
const signal = AbortSignal.timeout(60_000)

const key = '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1:shipping:perform:1'
const path = `/v2/shipments/${encodeURIComponent(key)}`
const to = { name: 'Kim', line1: 'Road 1', line2: 'Flat 2', city: 'Redondo Beach', postalCode: '90277', country: 'US' }

/** As in EasyPost's documentation of shipments. */
const created = {
  id: 'shp_1',
  object: 'Shipment',
  reference: key,
  status: 'unknown',
  tracking_code: null,
  postage_label: null,
  refund_status: null,
  messages: [],
  rates: [
    { id: 'rate_1', object: 'Rate', service: 'Express', carrier: 'USPS', rate: '31.25', currency: 'USD' },
    { id: 'rate_2', object: 'Rate', service: 'GroundAdvantage', carrier: 'USPS', rate: '6.07', currency: 'USD' },
  ],
}
const label = 'https://easypost-files.s3.us-west-2.amazonaws.com/files/postage_label/1.png'
const bought = {
  ...created,
  tracking_code: '9400100208303109997776',
  postage_label: { id: 'pl_1', object: 'PostageLabel', label_url: label },
  tracker: { id: 'trk_1', object: 'Tracker', tracking_code: '9400100208303109997776', status: 'unknown' },
}
const booking = { state: 'booked', trackingNumber: '9400100208303109997776', labelUrl: label }
const routes = () => calls.map(({ route }) => route)

describe('EasyPost', () => {
  it('books by creating a shipment under our key and buying the lowest rate', async () => {
    replies = { 'POST /v2/shipments': [201, created], 'POST /v2/shipments/shp_1/buy': [200, bought] }
    expect(await carrier().book(key, to, signal)).toEqual(booking)
    expect(routes()).toEqual([`GET ${path}`, 'POST /v2/shipments', 'POST /v2/shipments/shp_1/buy'])
    expect(calls[1]?.body).toMatchObject({
      shipment: {
        reference: key,
        to_address: { name: 'Kim', street1: 'Road 1', street2: 'Flat 2', zip: '90277', country: 'US' },
        from_address: { street1: '417 Montgomery Street', state: 'CA' },
        parcel: { length: 11.8, width: 7.9, height: 3.9, weight: 17.6 },
      },
    })
    expect(calls[2]?.body).toMatchObject({ rate: { id: 'rate_2' } })
    expect(calls[0]?.authorization).toBe(`Basic ${Buffer.from('EZTK-test:').toString('base64')}`)
  })

  it('does not buy a second label for a key that has one, and finishes what was only created', async () => {
    replies = { [`GET ${path}`]: [200, bought] }
    expect(await carrier().book(key, to, signal)).toEqual(booking)
    expect(routes()).toEqual([`GET ${path}`])
    replies = { [`GET ${path}`]: [200, created], 'POST /v2/shipments/shp_1/buy': [200, bought] }
    expect(await carrier().book(key, to, signal)).toEqual(booking)
    expect(routes()).not.toContain('POST /v2/shipments')
  })

  it('refuses an address that does not exist, and one where no carrier goes', async () => {
    const error = { code: 'ADDRESS.VERIFY.FAILURE', message: 'Address not found', errors: [] }
    replies = { 'POST /v2/shipments': [422, { error }] }
    const refused = { state: 'refused', code: 'address_refused', message: 'Address not found' }
    expect(await carrier().book(key, to, signal)).toEqual(refused)
    const messages = [{ carrier: 'USPS', type: 'rate_error', message: 'Unable to retrieve rates' }]
    replies = { 'POST /v2/shipments': [201, { ...created, rates: [], messages }] }
    expect(await carrier().book(key, to, signal)).toMatchObject({ state: 'refused', code: 'no_rates' })
  })

  it.each([[429], [500], [503], [401], [402]])('does not know the outcome of a %i, so it throws', async (status) => {
    replies = { 'POST /v2/shipments': [status, { error: { code: 'X', message: 'Not now', errors: [] } }] }
    await expect(carrier().book(key, to, signal)).rejects.toThrow('Not now')
  })

  it('throws where nobody answers', async () => {
    const config = readConfig({ ...settings(), EASYPOST_API_URL: 'http://127.0.0.1:1/v2/' })
    await expect(makeEasyPost(config).book(key, to, signal)).rejects.toThrow('ECONNREFUSED')
  })

  it('looks up by our key: unknown, created only, bought', async () => {
    expect(await carrier().lookUp(key, signal)).toBeUndefined()
    replies = { [`GET ${path}`]: [200, created] }
    expect(await carrier().lookUp(key, signal)).toBeUndefined()
    replies = { [`GET ${path}`]: [200, bought] }
    expect(await carrier().lookUp(key, signal)).toEqual(booking)
  })

  it('cancels by a refund, once; what was never bought needs none', async () => {
    expect(await carrier().cancel(key, signal)).toEqual({ state: 'cancelled' })
    const refund = 'POST /v2/shipments/shp_1/refund'
    replies = { [`GET ${path}`]: [200, bought], [refund]: [200, { ...bought, refund_status: 'submitted' }] }
    expect(await carrier().cancel(key, signal)).toEqual({ state: 'cancelled' })
    replies = { [`GET ${path}`]: [200, { ...bought, refund_status: 'submitted' }] }
    expect(await carrier().cancel(key, signal)).toEqual({ state: 'cancelled' })
    expect(routes().filter((route) => route === refund)).toHaveLength(1)
  })

  it('refuses to call back what has left, and what the carrier does not refund', async () => {
    replies = { [`GET ${path}`]: [200, { ...bought, tracker: { ...bought.tracker, status: 'in_transit' } }] }
    expect(await carrier().cancel(key, signal)).toMatchObject({ state: 'refused', code: 'already_dispatched' })
    const refund = 'POST /v2/shipments/shp_1/refund'
    replies = { [`GET ${path}`]: [200, bought], [refund]: [200, { ...bought, refund_status: 'rejected' }] }
    expect(await carrier().cancel(key, signal)).toMatchObject({ state: 'refused', code: 'not_refunded' })
  })

  it('tracks by the shipment’s tracker', async () => {
    expect(await carrier().track(key, signal)).toBeUndefined()
    replies = { [`GET ${path}`]: [200, { ...bought, tracker: { ...bought.tracker, status: 'delivered' } }] }
    expect(await carrier().track(key, signal)).toMatchObject({ status: 'delivered', events: [] })
  })

  it('says at the start what it lacks, and no secret', () => {
    const config = readConfig({ CARRIER: 'easypost', SHIP_FROM_PHONE: '1' })
    expect(() => makeEasyPost(config)).toThrow(
      'CARRIER=easypost needs EASYPOST_API_KEY, SHIP_FROM_NAME, SHIP_FROM_STREET, SHIP_FROM_CITY, ' +
        'SHIP_FROM_POSTAL_CODE, SHIP_FROM_COUNTRY',
    )
  })
})
