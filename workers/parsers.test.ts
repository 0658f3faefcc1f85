import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import { isPublicAddress } from '../platform/public-address.ts'
import { awkwardJson, awkwardText, longTexts } from '../tests/support/awkward-text.ts'
import { fromLane } from './notification/notice.ts'
import { askedIn } from './participant/asks.ts'
import { readWebhook, UnreadableWebhook, webhookProviders } from './payment/webhooks/event.ts'
import { signatures } from './payment/webhooks/signatures.ts'
import { easyPostStatus, easyPostTracking } from './shipping/carriers/easypost-tracking.ts'
import { isSignedByEasyPost, signForEasyPost } from './shipping/carriers/easypost-signature.ts'
import { readEasyPostEvent } from './shipping/webhooks/easypost-event.ts'
import { readSimulatorEvent } from './shipping/webhooks/simulator-event.ts'
import { refusalOf } from './webhook/targets.ts'

const orderId = '11111111-1111-4111-8111-111111111111'
const strict = { privateToo: false, httpToo: false, ports: new Set([443]) } as const

/** What it throws, unless it is what it may throw. */
function otherThan(kinds: readonly (new (...given: never[]) => Error)[], act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) return error
  }
  return undefined
}

/** Of a provider's event, with parts that are none of it. */
const almost = fc.record(
  {
    id: fc.oneof(fc.constant('evt_1'), awkwardJson()),
    type: fc.oneof(fc.constantFrom('parcel.booked', 'payment.captured'), awkwardJson()),
    description: fc.oneof(fc.constantFrom('tracker.updated'), awkwardJson()),
    created_at: awkwardJson(),
    occurredAt: fc.oneof(fc.constant('2030-01-01T00:00:00Z'), awkwardJson()),
    data: fc.oneof(
      awkwardJson(),
      fc.record({
        key: awkwardJson(),
        trackingNumber: fc.oneof(fc.constant('T1'), awkwardJson()),
        object: awkwardJson(),
      }),
    ),
    result: fc.oneof(
      awkwardJson(),
      fc.record({
        tracking_code: fc.oneof(fc.constant('T1'), awkwardJson()),
        status: awkwardText(),
        tracking_details: fc.array(fc.record({ status: awkwardText(), datetime: awkwardText() }), { maxLength: 3 }),
      }),
    ),
  },
  { requiredKeys: [] },
)
const event = fc.oneof(almost, awkwardJson())

describe('what a provider or a carrier tells', () => {
  it.each(webhookProviders)('of %s is read, or unreadable', (provider) => {
    fc.assert(
      fc.property(
        fc.oneof(
          event.map((one) => JSON.stringify(one)),
          awkwardText(),
        ),
        (body) => {
          expect(otherThan([UnreadableWebhook], () => readWebhook(provider, body))).toBeUndefined()
        },
      ),
    )
  })

  it.each([readSimulatorEvent, readEasyPostEvent])('is read, or has violations: %s', (read) => {
    fc.assert(
      fc.property(event, (one) => {
        expect(otherThan([ZodError], () => read(one))).toBeUndefined()
      }),
    )
  })

  it('has a status that we know, whatever it calls it', () => {
    fc.assert(
      fc.property(awkwardText(), awkwardText(), (status, detail) => {
        expect(easyPostStatus(status, detail)).toBeTypeOf('string')
        const scan = { status, status_detail: detail, datetime: detail }
        easyPostTracking({ tracking_code: 'T1', status, tracking_details: [scan] })
      }),
    )
    expect(easyPostStatus('constructor')).toBe('booked')
  })

  it('is signed by who has the secret, and by nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(awkwardText(), awkwardText(), async (header, body) => {
        expect(await signatures.stripe.isSigned('secret', body, header)).toBe(false)
        expect(await signatures.simulator.isSigned('secret', body, header)).toBe(false)
        expect(isSignedByEasyPost('secret', body, header)).toBe(false)
        expect(isSignedByEasyPost('secret', body, signForEasyPost('secret', body))).toBe(true)
      }),
    )
  })
})

it('a webhook’s target is refused, or leads to the public internet', () => {
  const near = fc.tuple(
    fc.constantFrom('https://', 'http://', '//', 'https:\\\\', 'javascript:', 'https://user@', 'HTTPS://'),
    fc.oneof(
      fc.constantFrom(
        'localhost',
        '127.0.0.1',
        '0x7f.1',
        '2130706433',
        '0',
        '[::1]',
        '[::ffff:127.0.0.1]',
        '127。0。0。1',
      ),
      fc.constantFrom('10.1', 'metadata.google.internal', '169.254.169.254', 'LOCALHOST.', 'db', 'printer.local'),
      awkwardText(),
    ),
    fc.constantFrom('', '/', ':443/', ':80/', '#', '@10.0.0.1/'),
  )
  fc.assert(
    fc.property(near, (parts) => {
      const text = parts.join('')
      if (refusalOf(text, strict) !== undefined) return
      const { protocol, hostname } = new URL(text)
      expect(protocol).toBe('https:')
      if (isIP(hostname) === 0) expect(hostname).not.toMatch(/^[^.]*$|(^|\.)(localhost|internal|local)\.?$/)
      else expect(isPublicAddress(hostname)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

it('what a message asks is made out, or nothing is', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        awkwardText(),
        awkwardJson().map((one) => JSON.stringify({ asks: [one] })),
      ),
      (text) => {
        const message = {
          key: Buffer.from(orderId),
          value: Buffer.from(text),
          headers: { ce_awaits: Buffer.from('stock') },
        }
        askedIn('stock', { ...message, partition: 0, offset: '0' })
      },
    ),
  )
})

it('what is on a lane is a message, or told to be none', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        awkwardText(),
        event.map((one) => JSON.stringify(one)),
      ),
      (text) => {
        expect(otherThan([ZodError, SyntaxError], () => fromLane(Buffer.from(text)))).toBeUndefined()
      },
    ),
  )
})

it('no text takes more than so many steps a character', async () => {
  for (const text of longTexts()) {
    refusalOf(`https://${text}`, strict)
    otherThan([UnreadableWebhook], () => readWebhook('stripe', text))
    otherThan([UnreadableWebhook], () =>
      readWebhook('simulator', JSON.stringify({ id: '1', type: 'x', data: { key: text } })),
    )
    otherThan([ZodError], () => readSimulatorEvent({ id: text, type: 'parcel.booked', occurredAt: text, data: {} }))
    await signatures.stripe.isSigned('secret', '{}', text)
  }
})
