import { expect, it } from 'vitest'
import { isOwnOrigin } from './origin.ts'

it.each([
  [undefined, 'shop.test', true],
  ['https://shop.test', 'shop.test', true],
  ['http://127.0.0.1:3000', '127.0.0.1:3000', true],
  ['https://evil.test', 'shop.test', false],
  ['https://shop.test.evil.test', 'shop.test', false],
  ['http://127.0.0.1:4000', '127.0.0.1:3000', false],
  ['null', 'shop.test', false],
  ['garbage', 'shop.test', false],
  ['https://shop.test', undefined, false],
])('origin %s for host %s: %s', (origin, host, own) => expect(isOwnOrigin(origin, host)).toBe(own))
