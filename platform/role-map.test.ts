import { describe, expect, it } from 'vitest'
import { readRoleMap } from './role-map.ts'
import { isSafeUrl } from './safe-url.ts'

describe('the map of roles', () => {
  it('names who is more than a customer', () => {
    const read = readRoleMap('shop-admin=admin, agents=support,CN=Ops=admin')
    expect(read.kind === 'map' && [...read.map]).toEqual([
      ['shop-admin', 'admin'],
      ['agents', 'support'],
      ['CN=Ops', 'admin'],
    ])
    expect(readRoleMap('')).toEqual({ kind: 'map', map: new Map() })
  })

  it.each(['shop-admin', 'shop-admin=root', '=admin', 'a=admin,a=support'])('is not %j', (text) => {
    expect(readRoleMap(text).kind).toBe('error')
  })
})

it.each([
  ['https://id.example.com', true],
  ['http://127.0.0.1:4000', true],
  ['http://localhost/realm', true],
  ['http://[::1]:80', true],
  ['http://id.example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['ftp://127.0.0.1', false],
  ['id.example.com', false],
])('what comes from %s can be trusted: %s', (url, safe) => {
  expect(isSafeUrl(url)).toBe(safe)
})
