import { z } from '@hono/zod-openapi'
import { skuPattern } from '../domain/ids.ts'

/** Fields that several routes share. */

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

const length = (most: number, least: number) => z.string().trim().min(least).max(most)

/** A refinement rather than a pattern: what JSON Schema knows of Unicode differs from tool to tool. */
const without = (unwanted: RegExp) =>
  [
    (given: string) => !unwanted.test(given),
    { message: 'Has control characters', params: { code: 'control_characters' } },
  ] as const

/** One line of text, without blanks at its ends. */
export const text = (most: number, least = 1) => length(most, least).refine(...without(/[\p{Cc}\p{Cs}]/u))

/** Text of several lines. */
export const prose = (most: number, least = 0) => length(most, least).refine(...without(/(?![\n\r\t])[\p{Cc}\p{Cs}]/u))

/** What is looked for in columns of ASCII: they refuse even to be compared with anything else. */
export const plainText = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\x20-\x7e]*$/, 'Has other than printable ASCII characters')

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1)))

/** Of anything, but not so deep that whoever goes through it level by level would not come back. */
export const anyObject = z
  .record(z.string(), z.unknown())
  .refine((given) => isShallow(given, 32), { message: 'Is too deep', params: { code: 'too_deep' } })

export const skuField = z
  .string()
  .regex(skuPattern, 'Has to be 1 to 64 of A-Z, 0-9 and -')
  .openapi({ example: 'MUG-CLASSIC' })

const currency = z.string().refine((code) => currencies.has(code), {
  message: 'Has to be an ISO 4217 currency code',
  params: { code: 'invalid_currency' },
})

/** A price the shop asks: whole minor units. */
export const price = z
  .strictObject({ amountMinor: z.int().min(0).max(1_000_000_000_000), currency })
  .openapi({ example: { amountMinor: 1290, currency: 'EUR' } })

export const moneySchema = z
  .object({ amountMinor: z.int(), currency: z.string() })
  .readonly()
  .openapi('Money', { example: { amountMinor: 5990, currency: 'EUR' } })

export const time = z.iso.datetime().openapi({ example: '2026-01-31T09:30:00.000Z' })

/** A moment to look from or to; beyond what a database knows it is the first or last one. */
export const momentField = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(Math.min(Math.max(Date.parse(given), 0), 253_402_300_799_999)))

export const limitField = z
  .string()
  .regex(/^\d{1,9}$/, 'Has to be a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(100))
  .optional()
  .openapi({ type: 'integer', minimum: 1, maximum: 100, default: 20 })

export const cursorField = z.string().max(500).optional().openapi({ description: '`nextCursor` of the page before' })

export const nextCursor = z.string().nullable().openapi({ description: 'null on the last page' })
