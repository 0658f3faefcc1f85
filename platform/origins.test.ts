import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

it('takes exact origins', () => {
  expect(readConfig({}).CORS_ORIGINS).toEqual([])
  const CORS_ORIGINS = 'https://shop.example, http://127.0.0.1:5173'
  expect(readConfig({ CORS_ORIGINS }).CORS_ORIGINS).toEqual(['https://shop.example', 'http://127.0.0.1:5173'])
})

it.each([
  '*',
  'https://*.example',
  'https://shop.example/',
  'https://Shop.example',
  'shop.example',
  'null',
  'file://x',
])('refuses %s', (CORS_ORIGINS) => expect(() => readConfig({ CORS_ORIGINS })).toThrow(/CORS_ORIGINS/))
