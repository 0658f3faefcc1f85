import { expect, it } from 'vitest'
import { headline } from './headline.ts'
import { makePlan, staff } from './plan.ts'
import { drive, driveToConfirmed, invent, outwait, retryPolicy } from './testing.ts'

const say = (order: ReturnType<typeof drive>): string => headline(order.saga())

it('says for whom the order waits, since when and until when', () => {
  expect(say(drive())).toBe('Waiting for fetch to answer since 2030-01-01 10:00:00, until 2030-01-01 10:01:00.')
})

it('names everyone who is waited for, and which attempt it is', () => {
  const order = driveToConfirmed()
  order.parcel('dispatched')
  order.waits()
  expect(say(order)).toMatch(
    /^Waiting for fetch to commit .* \(attempt 2\); waiting for price to capture the money .*\.$/,
  )
})

it('says what a person is needed for, and why the order fails', () => {
  const order = drive()
  order.completes('fetch')
  order.rejects('weigh')
  outwait(order)
  expect(say(order)).toContain('Needs a person: ')
  expect(say(order)).toContain('The order fails because of weigh: ')
})

it('says when it is the customer, or an admin, who is waited for', () => {
  const declined = drive(makePlan([[invent('pay', { graceMs: 1000 })]], { retry: retryPolicy }))
  declined.rejects('pay')
  expect(say(declined)).toContain('the customer to choose another payment method')
  const asked = drive(makePlan([[invent('approval', { participant: staff })]], { retry: retryPolicy }))
  expect(say(asked)).toContain('an admin to decide on approval')
})

it('says that the parcel is with the carrier, or should be', () => {
  const order = driveToConfirmed()
  expect(say(order)).toBe('Confirmed: waiting for the carrier to take the parcel.')
  order.parcel('dispatched')
  order.settles('fetch', 'price')
  expect(say(order)).toBe('On its way: waiting for the carrier to deliver it.')
  order.parcel('lost')
  expect(say(order)).toContain('The carrier reports trouble: parcel lost.')
})

it('says how it ended', () => {
  const order = driveToConfirmed()
  order.cancels()
  order.undoes('wrap', 'weigh', 'price', 'fetch')
  expect(say(order)).toBe('Cancelled: everything that was done for it is undone.')
  const rejected = drive()
  rejected.rejects('fetch')
  expect(say(rejected)).toBe('Rejected because of fetch: fetch was rejected.')
})
