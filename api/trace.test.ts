import { expect, it } from 'vitest'
import { traceOf } from './trace.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

it('goes on with a valid trace under a span of its own', () => {
  const trace = traceOf(`00-${traceId}-00f067aa0ba902b7-00`)
  expect(trace.traceId).toBe(traceId)
  expect(trace.traceparent).toMatch(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-00$`))
})

it.each([undefined, '', 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${traceId}-${'0'.repeat(16)}-01`])(
  'begins a trace where none or a bad one came: %j',
  (header) => expect(traceOf(header).traceparent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/),
)
