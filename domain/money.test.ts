import { describe, expect, it } from 'vitest'
import { formatMoney, minorUnitsOf, money, sum, times } from './money.ts'

describe('money', () => {
  it('is multiplied and added in whole minor units', () => {
    expect(times(money(1995, 'EUR'), 3)).toEqual(money(5985, 'EUR'))
    expect(sum([money(10, 'EUR'), money(20, 'EUR'), money(-5, 'EUR')])).toEqual(money(25, 'EUR'))
  })

  it('is never added across currencies', () => {
    expect(() => sum([money(1, 'EUR'), money(1, 'USD')])).toThrow(RangeError)
  })

  it('is never rounded: a sum that a number can not hold is refused', () => {
    expect(sum([money(Number.MAX_SAFE_INTEGER, 'EUR')]).amountMinor).toBe(2 ** 53 - 1)
    expect(() => sum([money(Number.MAX_SAFE_INTEGER, 'EUR'), money(1, 'EUR')])).toThrow(RangeError)
  })

  it.each([
    [5990, 'EUR', 'EUR 59.90'],
    [5, 'EUR', 'EUR 0.05'],
    [0, 'USD', 'USD 0.00'],
    [500, 'JPY', 'JPY 500'],
    [1234, 'BHD', 'BHD 1.234'],
  ])('of %i %s reads %s', (amountMinor, currency, text) => {
    expect(formatMoney(money(amountMinor, currency))).toBe(text)
  })

  it('has hundredths unless its currency is known not to', () => {
    expect(['EUR', 'JPY', 'KWD'].map(minorUnitsOf)).toEqual([2, 0, 3])
  })
})
