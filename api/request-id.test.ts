import { expect, it } from 'vitest'
import { requestIdOf } from './request-id.ts'

it('keeps the caller’s id of a request', () => {
  for (const id of ['1', 'c0a8-01.x_y:z+/=', 'x'.repeat(128)]) expect(requestIdOf(id, 'trace')).toBe(id)
})

it('takes the trace id where there is none, or one that could be taken for something else', () => {
  for (const id of [undefined, '', 'x'.repeat(129), 'a b', 'a"b', 'a\nb', '<b>', 'é']) {
    expect(requestIdOf(id, 'trace')).toBe('trace')
  }
})
