import { describe, expect, it } from 'vitest'
import { difference } from './difference.ts'

describe('the difference of two bodies', () => {
  it('is empty where they say the same, whatever the order of their fields', () => {
    expect(difference({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toEqual([])
  })

  it('names what is other, gone or new by its pointer', () => {
    const before = { status: 'nope', order: { lines: [{ quantity: 0 }, { quantity: 2 }] }, gone: true }
    const after = { status: 'placed', order: { lines: [{ quantity: 1 }] }, 'a/b~c': {} }
    expect(difference(before, after)).toEqual([
      { pointer: '/status', before: 'nope', after: 'placed' },
      { pointer: '/order/lines/0/quantity', before: 0, after: 1 },
      { pointer: '/order/lines/1', before: { quantity: 2 } },
      { pointer: '/gone', before: true },
      { pointer: '/a~1b~0c', after: {} },
    ])
  })

  it('is the whole where the kinds differ', () => {
    expect(difference('not json {', { a: 1 })).toEqual([{ pointer: '', before: 'not json {', after: { a: 1 } }])
    expect(difference({ a: [] }, { a: {} })).toEqual([{ pointer: '/a', before: [], after: {} }])
    expect(difference(null, [])).toEqual([{ pointer: '', before: null, after: [] }])
  })

  it('takes inherited names for what they are: not there', () => {
    expect(difference({}, JSON.parse('{"__proto__":1,"toString":2}'))).toEqual([
      { pointer: '/__proto__', after: 1 },
      { pointer: '/toString', after: 2 },
    ])
  })
})
