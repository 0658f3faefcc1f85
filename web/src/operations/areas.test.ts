import { expect, it } from 'vitest'
import { isIn } from '../ui/is-in.ts'
import { areas } from './areas.ts'

it.each([
  ['/staff/dead-letters', true],
  ['/staff/dead-letters/payment:0:1', true],
  ['/staff/audit', true],
  ['/staff/orders', false],
  ['/staff/auditors', false],
  ['/', false],
])('knows whether %s is one of the pages for operations: %s', (path, isOne) => {
  expect(isIn(areas, path)).toBe(isOne)
})

it('offers what only admins may read to them alone', () => {
  const seenBy = (role: 'customer' | 'support' | 'admin') =>
    areas.filter(({ may }) => may({ id: 'u', email: 'u@example.test', name: 'U', role })).map(({ to }) => to)
  expect(seenBy('customer')).toEqual([])
  expect(seenBy('support')).toEqual(['/staff/dead-letters', '/staff/consumers', '/staff/figures', '/staff/webhooks'])
  const ofAdmins = ['/staff/checks', '/staff/drills', '/staff/notifications', '/staff/audit']
  expect(new Set(seenBy('admin'))).toEqual(new Set([...seenBy('support'), ...ofAdmins]))
})
