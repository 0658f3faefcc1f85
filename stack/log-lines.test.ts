import fc from 'fast-check'
import { expect, it } from 'vitest'
import { awkwardJson, awkwardText } from '../tests/support/awkward-text.ts'
import { atLeast, prefixed, readLogLine } from './log-lines.ts'

const time = new Date(2026, 0, 2, 12, 0, 1).getTime()
const names = ['stock', 'projection']
const line = (fields: object) => JSON.stringify({ level: 30, time, pid: 1, hostname: 'h', name: 'stock', ...fields })

it('shows a JSON line with its time of day, level, message and details', () => {
  const read = readLogLine(line({ msg: 'order placed', orderId: 'o-1', lines: 2, note: 'a b' }))
  expect(read.text).toBe('12:00:01 info  order placed orderId=o-1 lines=2 note="a b"')
})

it('shows an error by its message: the stack is for the file', () => {
  const err = { type: 'Error', message: 'no route', stack: 'Error: no route\n    at x' }
  expect(readLogLine(line({ level: 50, msg: 'failed', err })).text).toBe('12:00:01 error failed err="no route"')
})

it('knows the line by which a process says that it works', () => {
  expect(readLogLine(line({ msg: 'ready' })).ready).toBe(true)
  expect(readLogLine(line({ msg: 'almost ready' })).ready).toBe(false)
  expect(readLogLine('ready').ready).toBe(false)
})

it.each(['Error: boom', '{ "half": ', '{"a":1}'])(
  'shows a line that is no log line as it is, and as important: %s',
  (text) => {
    expect(readLogLine(text)).toEqual({ text, level: 'warn', ready: false })
  },
)

it('puts the messages of all processes in one column', () => {
  const read = readLogLine('hello')
  expect(prefixed('stock', read, names, false)).toBe('stock      | hello')
  expect(prefixed('projection', read, names, false)).toBe('projection | hello')
})

it('colours only where there are colours', () => {
  expect(prefixed('stock', readLogLine('hello'), names, true)).toContain('\u001b[')
  expect(prefixed('stock', readLogLine('hello'), names, false)).not.toContain('\u001b[')
})

it('orders levels', () => {
  expect(atLeast('error', 'warn')).toBe(true)
  expect(atLeast('info', 'warn')).toBe(false)
})

it('nothing that somebody sent us moves the cursor, begins a line or turns the text around', () => {
  const harmless = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u
  fc.assert(
    fc.property(awkwardText(), awkwardJson(), (text, value) => {
      const lines = [text, line({ msg: text, [text]: value, path: text, err: { message: text, stack: text } })]
      for (const one of lines) expect(prefixed('stock', readLogLine(one), names, false)).toMatch(harmless)
    }),
  )
})

it('nor does it look like a process of ours that says that it is ready', () => {
  fc.assert(
    fc.property(awkwardText(), (text) => {
      expect(readLogLine(line({ msg: 'no', err: text })).ready).toBe(false)
    }),
  )
})
