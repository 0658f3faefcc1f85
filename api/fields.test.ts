import { expect, it } from 'vitest'
import { price, prose, text } from './fields.ts'

it('takes one line of text as text, without the blanks at its ends', () => {
  expect(text(20).parse('  Zoë, 東京 🙂 ')).toBe('Zoë, 東京 🙂')
  for (const bad of ['', '   ', 'a\nb', 'a\u0000b', 'a\u007fb', 'a\ud800b', 'x'.repeat(21)]) {
    expect([bad, text(20).safeParse(bad).success]).toEqual([bad, false])
  }
})

it('takes several lines as prose', () => {
  expect(prose(20).safeParse('a\n\tb').success).toBe(true)
  expect(prose(20).safeParse('a\u0000b').success).toBe(false)
})

it('takes whole minor units of a currency that exists', () => {
  expect(price.safeParse({ amountMinor: 0, currency: 'JPY' }).success).toBe(true)
  for (const bad of [
    { amountMinor: 1.5, currency: 'EUR' },
    { amountMinor: -1, currency: 'EUR' },
    { amountMinor: 1, currency: 'EUX' },
    { amountMinor: 1, currency: 'eur' },
    { amountMinor: 1e13, currency: 'EUR' },
  ]) {
    expect(price.safeParse(bad).success).toBe(false)
  }
})
