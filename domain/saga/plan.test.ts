import { describe, expect, it } from 'vitest'
import { makePlan, stepsOf } from './plan.ts'
import { invent, retryPolicy } from './testing.ts'

const deadlines = (byName: Record<string, number>, everyMs = 0) => {
  const stages = [[invent('fetch', { deadlineMs: 10 })], [invent('wrap', { deadlineMs: 20 })]]
  return stepsOf(makePlan(stages, { deadlines: byName, retry: retryPolicy, everyDeadlineMs: everyMs })).map(
    ({ deadlineMs }) => deadlineMs,
  )
}

describe('the plan of a new order', () => {
  it('keeps the deadline of a step that the configuration does not name', () => {
    expect(deadlines({ wrap: 99 })).toEqual([10, 99])
  })

  it('gives every other step the common deadline, if there is one', () => {
    expect(deadlines({ wrap: 99 }, 5)).toEqual([5, 99])
    expect(deadlines({}, 0)).toEqual([10, 20])
  })

  it('survives the way through a workflow argument', () => {
    const plan = makePlan([[invent('fetch')], [invent('wrap')]], { retry: retryPolicy })
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })
})
