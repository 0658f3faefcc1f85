import { expect, it } from 'vitest'
import { makePlaces } from './places.ts'

it('gives each user so many places, and a place given back to the next', () => {
  const places = makePlaces(2)
  const [first, second] = [places.take('kim'), places.take('kim')]
  expect(places.take('kim')).toBeUndefined()
  expect(places.take('ada')).toBeDefined()
  first?.()
  first?.() // twice is once
  expect(places.take('kim')).toBeDefined()
  expect(places.take('kim')).toBeUndefined()
  second?.()
  expect(places.take('kim')).toBeDefined()
})
