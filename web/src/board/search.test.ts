import { expect, it } from 'vitest'
import { waitingForField } from '../../../api/board/list.ts'
import { filterOf, readBoardSearch, searchOf, waitNames } from './search.ts'

it('drops from an address what makes no sense', () => {
  const given = {
    waitingFor: 'nobody',
    waitingLongerThan: '-5',
    compensating: 'yes',
    deadLettered: 'true',
    status: 'x',
  }
  expect(readBoardSearch(given)).toEqual({ deadLettered: true })
  expect(readBoardSearch({ waitingFor: 'payment', waitingLongerThan: 600 })).toEqual({
    waitingFor: 'payment',
    waitingLongerThan: 600,
  })
})

it('keeps a filter in the words of the API and finds its address again', () => {
  const search = { attention: true, customer: 'c', waitingFor: 'stock', waitingLongerThan: 60 } as const
  const filter = filterOf({ ...search, cursor: 'page 2' })
  expect(filter).toEqual({ needsAttention: true, customerId: 'c', waitingFor: 'stock', waitingLongerThan: 60 })
  expect(searchOf(filter ?? {})).toEqual(search)
})

it('keeps neither nothing nor a time that passes', () => {
  expect(filterOf({})).toBeUndefined()
  expect(filterOf({ placedFrom: '2030-01-01T00:00:00.000Z', attention: true })).toBeUndefined()
})

it('offers everything that an order can wait for', () => {
  expect([...waitNames].toSorted()).toEqual([...waitingForField.options].toSorted())
})
