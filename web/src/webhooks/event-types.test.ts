import { expect, it } from 'vitest'
import { wildcards as known } from '../../../domain/webhooks/filter.ts'
import { orderKinds } from '../../../events/catalogue.ts'
import { eventTypes, wildcards } from './event-types.ts'

it('offers every event there is, and every wildcard', () => {
  expect(eventTypes).toEqual(Object.keys(orderKinds))
  expect(wildcards).toEqual(known)
})
