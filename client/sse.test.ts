import fc from 'fast-check'
import { expect, it } from 'vitest'
import { awkwardText } from '../tests/support/awkward-text.ts'
import { makeSseParser, type ServerEvent } from './sse.ts'

function parse(...pieces: readonly string[]): readonly ServerEvent[] {
  const events: ServerEvent[] = []
  const feed = makeSseParser((event) => events.push(event))
  pieces.forEach(feed)
  return events
}

const whole = 'event: order.placed\nid: 1\ndata: {"a":1}\n\nevent: order.confirmed\nid: 2\ndata: {}\n\n'

it('reads type, id and data of each event', () => {
  expect(parse(whole)).toEqual([
    { type: 'order.placed', id: '1', data: '{"a":1}' },
    { type: 'order.confirmed', id: '2', data: '{}' },
  ])
})

it('reads the same wherever the network cuts, in the middle of a CRLF too', () => {
  const text = whole.replaceAll('\n', '\r\n')
  for (let cut = 0; cut < text.length; cut += 1)
    expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(parse(whole))
  expect(parse(...text.split(''))).toEqual(parse(whole))
})

it('drops comments, which only keep the connection alive, and blocks without data', () => {
  expect(parse(': ping\n\nevent: nothing\n\ndata: x\n\n')).toEqual([{ type: 'message', id: undefined, data: 'x' }])
})

it('joins several data lines and keeps what is not ended yet', () => {
  expect(parse('data: a\ndata:b\n\ndata: not yet\n')).toEqual([{ type: 'message', id: undefined, data: 'a\nb' }])
})

it('reads the same wherever the network cuts it, and whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(awkwardText(), { maxLength: 6 }), fc.array(fc.nat(60), { maxLength: 6 }), (texts, cuts) => {
      const all = `${texts.map((text) => `data: ${text}\n\n`).join('')}data: end\n\n`
      const places = [0, ...new Set(cuts.filter((cut) => cut < all.length))].toSorted((a, b) => a - b)
      const pieces = places.map((from, at) => all.slice(from, places[at + 1]))
      expect(parse(...pieces)).toEqual(parse(all))
      expect(parse(all).at(-1)?.data).toBe('end')
    }),
  )
})
