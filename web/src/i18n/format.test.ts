import { expect, it } from 'vitest'
import { formatDuration, formatMoney, formatUtc, parseAmount } from './format.ts'

const plain = (text: string): string => text.replaceAll(/\s/g, ' ')

it('writes an amount as the language and the currency want it', () => {
  expect(plain(formatMoney({ amountMinor: 123_456, currency: 'EUR' }, 'en'))).toBe('€1,234.56')
  expect(plain(formatMoney({ amountMinor: 123_456, currency: 'EUR' }, 'de'))).toBe('1.234,56 €')
  expect(plain(formatMoney({ amountMinor: 500, currency: 'JPY' }, 'en'))).toBe('¥500')
})

it('reads a typed amount exactly or not at all', () => {
  expect(parseAmount('12.90', 'EUR')).toBe(1290)
  expect(parseAmount('12,9', 'EUR')).toBe(1290)
  expect(parseAmount('0.1', 'EUR')).toBe(10)
  expect(parseAmount('500', 'JPY')).toBe(500)
  for (const wrong of ['', '12.999', '-1', '1e3', '12.', 'abc']) expect(parseAmount(wrong, 'EUR')).toBeUndefined()
  expect(parseAmount('5.5', 'JPY')).toBeUndefined()
})

it('gives a duration no more digits than somebody wants to know', () => {
  expect(plain(formatDuration(85.4, 'en'))).toBe('85 ms')
  expect(plain(formatDuration(1234, 'en'))).toBe('1.2 sec')
  expect(plain(formatDuration(20_400, 'en'))).toBe('20 sec')
  expect(plain(formatDuration(125_000, 'en'))).toBe('2 min 5 sec')
  expect(plain(formatDuration(3_599_600, 'en'))).toBe('1 hr')
  expect(plain(formatDuration(11_040_000, 'en'))).toBe('3 hr 4 min')
  expect(plain(formatDuration(49 * 3_600_000, 'en'))).toBe('2 days 1 hr')
})

it('writes the same UTC time for everyone', () => {
  expect(formatUtc('2026-01-31T09:30:00.123Z')).toBe('2026-01-31 09:30:00 UTC')
})
