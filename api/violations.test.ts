import { z } from 'zod'
import { expect, it } from 'vitest'
import { pointer, violationsOf } from './violations.ts'

const schema = z.strictObject({ lines: z.array(z.strictObject({ sku: z.string(), quantity: z.int().min(1) })).min(1) })
const violations = (value: unknown, target?: string) =>
  violationsOf(schema.safeParse(value).error?.issues ?? [], target).map((one) => [one.pointer, one.code])

it('tells all violations, each under its own pointer', () => {
  expect(
    violations({
      lines: [
        { sku: 7, quantity: 0 },
        { quantity: 1.5, price: 1, total: 2 },
      ],
      note: '',
    }),
  ).toEqual([
    ['/lines/0/sku', 'wrong_type'],
    ['/lines/0/quantity', 'too_small'],
    ['/lines/1/sku', 'required'],
    ['/lines/1/quantity', 'not_an_integer'],
    ['/lines/1/price', 'unknown_field'],
    ['/lines/1/total', 'unknown_field'],
    ['/note', 'unknown_field'],
  ])
})

it('points at the whole body where that is wrong', () => {
  expect(violations(null)).toEqual([['', 'wrong_type']])
})

it('says where outside the body a violation is', () => {
  expect(violations({ lines: [] }, 'query')).toEqual([['/query/lines', 'too_small']])
})

it('escapes names as RFC 6901 wants it', () => {
  expect(pointer(['a/b', 'm~n', 0])).toBe('/a~1b/m~0n/0')
})
