import { describe, expect, it } from 'vitest'
import { changesIn, parsed, parsedObject } from './changes.ts'

describe('the difference of two bodies', () => {
  it('names each place that is other, new or gone, by JSON pointer', () => {
    const before = { status: 'polished', lines: [{ sku: 'A', quantity: 1 }], 'a/b': 1, gone: null }
    const after = { status: 'delivered', lines: [{ sku: 'A', quantity: 2 }], 'a/b': 2, added: [] }
    expect(changesIn(before, after)).toEqual([
      { pointer: '/status', before: 'polished', after: 'delivered' },
      { pointer: '/lines/0/quantity', before: 1, after: 2 },
      { pointer: '/a~1b', before: 1, after: 2 },
      { pointer: '/gone', before: null },
      { pointer: '/added', after: [] },
    ])
  })

  it('is empty for the same, and the whole where one is no container', () => {
    expect(changesIn({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([])
    expect(changesIn(undefined, { a: 1 })).toEqual([{ pointer: '', before: undefined, after: { a: 1 } }])
    expect(changesIn([], {})).toEqual([{ pointer: '', before: [], after: {} }])
  })
})

describe('what was typed', () => {
  it('is taken as an object or not at all', () => {
    expect(parsedObject('{"a":1}')).toEqual({ a: 1 })
    for (const bad of ['', '{', '[1]', 'null', '"x"']) expect(parsedObject(bad)).toBeUndefined()
    expect(parsed('[1]')).toEqual({ value: [1] })
    expect(parsed('{')).toBeUndefined()
  })
})
