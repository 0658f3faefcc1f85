import { expect, it } from 'vitest'
import { roleOfClaims } from './external-role.ts'

const map = new Map([
  ['shop-admin', 'admin'],
  ['agents', 'support'],
] as const)

it.each([
  ['a string', { role: 'shop-admin' }, 'role', 'admin'],
  ['a list, of which the most counts', { role: ['agents', 'shop-admin', 7] }, 'role', 'admin'],
  ['a path', { realm_access: { roles: ['agents'] } }, 'realm_access.roles', 'support'],
  ['a name with dots', { 'https://shop.test/roles': ['agents'] }, 'https://shop.test/roles', 'support'],
  ['a value that is not mapped', { role: 'admin' }, 'role', 'customer'],
  ['no claim', {}, 'role', 'customer'],
  ['a claim of another shape', { role: { admin: true } }, 'role', 'customer'],
  ['what every object has', {}, 'constructor.name', 'customer'],
])('the role comes from %s', (_, claims, claim, role) => {
  expect(roleOfClaims(claims, claim, map)).toBe(role)
})
