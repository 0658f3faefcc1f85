import { expect, it } from 'vitest'
import { skuPattern, uuidPattern } from './ids.ts'

it.each([
  ['TEAPOT-2', true],
  ['A'.repeat(64), true],
  ['A'.repeat(65), false],
  ['', false],
  ['teapot', false],
  ['TEA POT', false],
  ['TEAPOT\n', false],
])('knows whether %j is a SKU: %s', (text, valid) => {
  expect(skuPattern.test(text)).toBe(valid)
})

it.each([
  ['0d8f3c52-6a52-4a0e-9c7e-3f1f1b0a5d11', true],
  ['0D8F3C52-6A52-4A0E-9C7E-3F1F1B0A5D11', false],
  ['0d8f3c526a524a0e9c7e3f1f1b0a5d11', false],
])('knows whether %j is an id: %s', (text, valid) => {
  expect(uuidPattern.test(text)).toBe(valid)
})
