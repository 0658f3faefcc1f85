import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awkwardJson, awkwardText, longTexts } from '../../../tests/support/awkward-text.ts'
import { linkParts } from '../accounts/link-parts.ts'
import { readToken } from '../auth/reset-token.ts'
import { readBoardSearch } from '../board/search.ts'
import { readCart } from '../cart/cart.ts'
import { changesIn, parsed, parsedObject } from '../dead-letters/changes.ts'
import { formatPlainAmount, parseAmount } from '../i18n/format.ts'
import { readDevice } from '../me/device-name.ts'
import { readProgress } from '../tour/progress.ts'
import { readAccountSearch } from './account-search.ts'
import { readDeliverySearch, readMessageSearch } from './operator-search.ts'
import { readNext, readOrderSearch, readReturnSearch, readShopSearch } from './search.ts'
import { readAuditSearch, readClockSearch, readFiguresSearch, readLetterSearch } from './staff-search.ts'

const searches = [
  [readAccountSearch, readDeliverySearch, readMessageSearch, readNext, readOrderSearch, readReturnSearch],
  [readShopSearch, readAuditSearch, readClockSearch, readFiguresSearch, readLetterSearch, readBoardSearch],
].flat()
const names = [
  ['status', 'attention', 'customer', 'cursor', 'placedFrom', 'placedTo', 'reached', 'q', 'available', 'next'],
  ['role', 'orderId', 'hours', 'sources', 'minor', 'state', 'group', 'waitingFor', 'waitingLongerThan', '__proto__'],
].flat()
const value = fc.oneof(awkwardText(), awkwardJson(), fc.constantFrom('constructor', '__proto__', 'toString'))
const search = fc
  .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 })
  .map((pairs) => Object.fromEntries(pairs))

describe('an address that somebody wrote', () => {
  it('is read, and what makes no sense is dropped; read again it is the same', () => {
    fc.assert(
      fc.property(search, (given) => {
        for (const read of searches) {
          const once = read(given)
          expect(Object.getPrototypeOf(once)).toBe(Object.prototype)
          expect(JSON.stringify(read({ ...once }))).toBe(JSON.stringify(once))
        }
      }),
    )
  })

  it('leads to no other site', () => {
    const near = fc.tuple(
      fc.constantFrom('/', '//', '/\\', '/\t/', '/\n/', '\\', 'https:', '/ /', '/.//', '/..//'),
      fc.oneof(fc.constant('evil.test'), awkwardText()),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          near.map((parts) => parts.join('')),
          awkwardText(),
        ),
        (next) => {
          const { next: kept } = readNext({ next })
          if (kept !== undefined) expect(new URL(kept, 'https://shop.test').host).toBe('shop.test')
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('what lies in storage', () => {
  it('is read, whoever wrote it', () => {
    const stored = fc.oneof(
      awkwardText(),
      awkwardJson().map((one) => JSON.stringify(one)),
      fc
        .record({ key: awkwardJson(), lines: fc.array(awkwardJson()), done: awkwardJson() })
        .map((one) => JSON.stringify(one)),
    )
    fc.assert(
      fc.property(stored, (text) => {
        expect(readCart(text, 'key').lines.length).toBeLessThanOrEqual(50)
        expect(Array.isArray(readProgress(text).done)).toBe(true)
      }),
    )
  })
})

it('an amount is what was written', () => {
  fc.assert(
    fc.property(fc.nat(10 ** 9), fc.constantFrom('EUR', 'JPY', 'KWD'), (amountMinor, currency) => {
      expect(parseAmount(formatPlainAmount({ amountMinor, currency }), currency)).toBe(amountMinor)
    }),
  )
  fc.assert(fc.property(awkwardText(), (text) => void parseAmount(text, 'EUR')))
})

it('a mail’s text is all there, and only web addresses become links', () => {
  fc.assert(
    fc.property(awkwardText(), awkwardText(), (before, after) => {
      const text = `${before}https://shop.test/${after}`
      const parts = linkParts(text)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const { text: link, isLink } of parts) if (isLink) expect(link).toMatch(/^https?:\/\//)
    }),
  )
})

it('two values without a change have none, and no name is special', () => {
  fc.assert(
    fc.property(awkwardJson(), awkwardJson(), (one, other) => {
      expect(changesIn(one, structuredClone(one))).toEqual([])
      changesIn(one, other)
    }),
  )
})

it('no text takes more than so many steps a character', () => {
  for (const text of longTexts()) {
    for (const read of searches) read(Object.fromEntries(names.map((name) => [name, text])))
    linkParts(text)
    parseAmount(text, 'EUR')
    readDevice(text)
    readToken(`#${text}`)
    parsedObject(text)
    parsed(text)
    readCart(text, 'key')
  }
})
