import fc from 'fast-check'
import { Hono } from 'hono'
import { isIP } from 'node:net'
import { describe, expect, it } from 'vitest'
import { retryAfterMs } from '../domain/webhooks/judge.ts'
import { minorUnitsOf } from '../domain/money.ts'
import { awkwardJson, awkwardText, longTexts } from '../tests/support/awkward-text.ts'
import { clientAddress } from './client-address.ts'
import { isKnown } from './conditional.ts'
import { decodeCursor, encodeCursor, isId, isName, isNumber, isTime } from './cursor.ts'
import type { Env } from './env.ts'
import { makeAccessTokens } from './identity/access-token.ts'
import { readBasic } from './identity/client-credentials.ts'
import { makeExternalTokens } from './identity/external-tokens.ts'
import { isOwnOrigin } from './identity/origin.ts'
import { networkOf } from './limits/network-of.ts'
import { orderBody } from './orders/body.ts'
import { readIdempotencyKey, readWait } from './orders/request-headers.ts'
import { ProblemError } from './problem.ts'
import { minorOf, readProductsCsv } from './products-csv.ts'
import { requestIdOf } from './request-id.ts'
import { formatPositions, parsePositions } from './streams/positions.ts'
import { makeTestKeys } from './testing.ts'
import { traceOf } from './trace.ts'
import { violationsOf } from './violations.ts'

const checks = [isTime, isId, isName, isNumber]
const cursorOr = (text: string): unknown => {
  try {
    return checks.map((check) => decodeCursor(text, [check]))
  } catch (error) {
    if (error instanceof ProblemError) return error.code
    throw error
  }
}

/** Those that take a text and answer whatever it is. */
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  cursor: cursorOr,
  'cursor within': (text) => cursorOr(encodeCursor(text)),
  'Idempotency-Key': readIdempotencyKey,
  Prefer: readWait,
  'If-None-Match': (text) => isKnown(text, {}),
  'Authorization: Basic': (text) => readBasic(`Basic ${text}`),
  'the credentials in it': (text) => readBasic(`Basic ${Buffer.from(text).toString('base64')}`),
  Origin: (text) => [isOwnOrigin(text, 'shop.test'), isOwnOrigin('https://shop.test', text)],
  'X-Request-Id': (text) => requestIdOf(text, 'ours'),
  traceparent: traceOf,
  'Retry-After': (text) => retryAfterMs(text, 0),
  'Last-Event-ID': parsePositions,
  'a network': networkOf,
  'a price': (text) => [minorOf(text, 'EUR'), minorOf('1', text)],
  // linear too, but with more steps for each row
  'a table': (text) => readProductsCsv(text.slice(0, 15_000)),
  'a table’s rows': (text) => readProductsCsv(`sku,name,price,currency\n${text.slice(0, 15_000)}`),
}

describe.each(Object.entries(parsers))('%s', (_name, parse) => {
  it('is read or refused, whatever it is', () => {
    fc.assert(fc.property(awkwardText(), (text) => void parse(text)))
  })

  it('is read in no more than so many steps a character', () => {
    for (const text of longTexts()) parse(text)
  })
})

it('a cursor is what it was made of, and of nothing else', () => {
  const anything = () => true
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (parts) => {
      expect(
        decodeCursor(
          encodeCursor(...parts),
          parts.map(() => anything),
        ),
      ).toEqual(parts)
    }),
  )
  fc.assert(
    fc.property(awkwardJson(), (value) => {
      const cursor = Buffer.from(JSON.stringify(value)).toString('base64url')
      const isList = Array.isArray(value) && value.length === 1 && typeof value[0] === 'string'
      if (!isList) expect(() => decodeCursor(cursor, [anything])).toThrow(ProblemError)
    }),
  )
})

it('what a cursor’s time may be, a database knows', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        awkwardText(),
        fc.date().map(String),
        fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '+', ':', 'T', 'Z', '.', ' ') }),
      ),
      (text) => {
        if (!isTime(text)) return
        expect(new Date(text).getUTCFullYear()).toBeGreaterThanOrEqual(1970)
        expect(new Date(text).getUTCFullYear()).toBeLessThan(10_000)
      },
    ),
  )
})

it('an Idempotency-Key in quotes is the key', () => {
  const printable = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 255 })
  fc.assert(
    fc.property(printable, (key) => {
      expect(readIdempotencyKey(`"${key.replaceAll(/["\\]/g, String.raw`\$&`)}"`).key).toBe(key)
    }),
  )
})

it('credentials are what was encoded', () => {
  const encoded = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(text, text, (id, secret) => {
      const header = `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`
      expect(readBasic(header)).toEqual({ id, secret })
    }),
  )
})

it('positions are what was written', () => {
  const positions = fc.uniqueArray(fc.tuple(fc.nat(99_999), fc.nat(2 ** 31 - 1)), {
    minLength: 1,
    maxLength: 20,
    selector: ([partition]) => partition,
  })
  fc.assert(
    fc.property(positions, (pairs) => {
      expect(parsePositions(formatPositions(new Map(pairs)))).toEqual(new Map(pairs))
    }),
  )
})

it('an amount is what was written, digit by digit', () => {
  fc.assert(
    fc.property(fc.nat(10 ** 12), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
      const digits = minorUnitsOf(currency)
      const text = String(minor).padStart(digits + 1, '0')
      const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
      expect(minorOf(decimal, currency)).toBe(minor)
    }),
  )
})

it('an answer’s headers take what is made of a request’s', () => {
  fc.assert(
    fc.property(awkwardText(), (text) => {
      expect(requestIdOf(text, 'ours')).toMatch(/^[\x21-\x7e]{1,128}$/)
      expect(traceOf(text).traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
    }),
  )
})

it('whoever is told of in X-Forwarded-For has an address', async () => {
  const app = new Hono<Env>().get('/', (c) => c.text(clientAddress(c, 1)))
  const bindings = { incoming: { socket: { remoteAddress: '10.0.0.1' } } }
  const headerText = awkwardText().map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ''))
  await fc.assert(
    fc.asyncProperty(headerText, async (text) => {
      const answer = await app.request('/', { headers: { 'X-Forwarded-For': text } }, bindings)
      const address = await answer.text()
      expect(isIP(address), address).not.toBe(0)
      expect(networkOf(address)).toMatch(/^[0-9a-f:./]+$/)
    }),
  )
})

it('a token that nobody of ours signed is nobody’s, whatever stands in it', async () => {
  const { keys } = await makeTestKeys()
  const ours = makeAccessTokens({ issuer: 'holdfast', audience: 'holdfast-api', keys: async () => keys })
  const theirs = makeExternalTokens(
    { issuer: 'https://id.test', audience: 'shop', roleClaim: 'role', roleMap: new Map(), maxAgeSeconds: 60 },
    { log: { warn: () => undefined }, keys: () => Promise.reject(new Error('no token gets that far')) },
  )
  const part = awkwardJson().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
  const header = fc
    .record({
      alg: fc.constantFrom('none', 'HS256', 'EdDSA', '', 1, null),
      kid: fc.oneof(awkwardText(), fc.constant('test')),
    })
    .map((value) => Buffer.from(JSON.stringify({ typ: 'at+jwt', ...value })).toString('base64url'))
  const token = fc.oneof(
    awkwardText(),
    fc
      .tuple(fc.oneof(part, header), part, fc.oneof(fc.base64String(), fc.constant('')))
      .map((parts) => parts.join('.')),
  )
  await fc.assert(
    fc.asyncProperty(token, async (text) => {
      expect(await ours.verify(text)).toBeUndefined()
      expect(theirs.claims(text)).toBe(false)
    }),
  )
})

it('a body is an order, or has violations that say where', () => {
  const order = fc.record({ lines: fc.oneof(awkwardJson(), fc.array(awkwardJson())), shippingAddress: awkwardJson() })
  fc.assert(
    fc.property(fc.oneof(order, awkwardJson()), (body) => {
      const violations = violationsOf(orderBody.safeParse(body).error?.issues ?? [])
      expect(violations.length).toBeGreaterThan(0)
      for (const { pointer } of violations) expect(pointer).toMatch(/^(\/|$)/)
    }),
  )
})
