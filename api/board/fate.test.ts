import { describe, expect, it, vi } from 'vitest'
import { updateMs } from '../../platform/temporal-client.ts'
import type { Decision } from '../orders/decide.ts'
import { type Asked, type Fate, fateOf, whileThereIsTime } from './fate.ts'
import type { Deed } from './plan.ts'

const deed = (step: string): Deed => ({ step, action: 'capture' })
const plan = (id: string): Fate => ({ id, outcome: 'would', status: 'processing', deeds: [deed('payment')] })
const state = { status: 'dispatched' } as Extract<Decision, { kind: 'accepted' }>['state']
const yes: Asked['answer'] = { status: 'fulfilled', value: { kind: 'accepted', state } }
const no = (why?: string): Asked['answer'] => ({
  status: 'fulfilled',
  value: { kind: 'refused', ...(why !== undefined && { why }) },
})
const thrown: Asked['answer'] = { status: 'rejected', reason: new Error('no worker') }
const ask = (step: string, answer: Asked['answer']): Asked => ({ deeds: [deed(step)], answer })

describe('what became of an order', () => {
  it('is done with all its deeds where all were accepted', () => {
    const fate = fateOf(plan('a'), 'retry', [ask('payment', yes), ask('stock', yes)])
    expect(fate).toEqual({ id: 'a', outcome: 'done', status: 'dispatched', deeds: [deed('payment'), deed('stock')] })
  })

  it('is done with the accepted deeds alone, and names the one that was refused', () => {
    const fate = fateOf(plan('a'), 'retry', [ask('payment', no('notRetryable')), ask('stock', yes)])
    expect(fate).toMatchObject({ outcome: 'done', deeds: [deed('stock')], code: 'nothing_to_resolve' })
    expect(fate.detail).toBe('payment capture: It has gone on meanwhile.')
  })

  it('is done where one was accepted, whatever was thrown beside it', () => {
    const fate = fateOf(plan('a'), 'retry', [ask('payment', yes), ask('stock', thrown)])
    expect(fate).toMatchObject({ outcome: 'done', deeds: [deed('payment')], code: 'dependency_unavailable' })
    expect(fate.detail).toBe('stock capture: Try it again soon.')
  })

  it('is refused where nothing was accepted, and failed where that is not known of all', () => {
    const refused = fateOf(plan('a'), 'extend', [ask('payment', no('noLaterDeadline'))])
    expect(refused).toMatchObject({ outcome: 'refused', deeds: [], code: 'no_deadline', status: 'processing' })
    expect(refused.detail).toBe('payment capture: Its deadline is later already.')
    const failed = fateOf(plan('a'), 'extend', [ask('payment', no()), ask('stock', thrown)])
    expect(failed).toMatchObject({ outcome: 'failed', deeds: [], code: 'dependency_unavailable' })
  })
})

describe('orders are asked', () => {
  const planned = Array.from({ length: 12 }, (_, n): Fate =>
    n === 11 ? { id: '11', outcome: 'refused', deeds: [], code: 'not_found' } : plan(`${n}`),
  )
  const act = vi.fn((one: Fate) => Promise.resolve({ ...one, outcome: 'done' as const }))

  it('as long as one more Update fits in before the deadline; the rest is said to be not asked', async () => {
    const timeForTwoRounds = updateMs + 1_000 + 2 * 4_500
    let now = 0
    const fates = await whileThereIsTime(planned, timeForTwoRounds, act, () => (now += 4_500))
    expect(act.mock.calls.map(([{ id }]) => id)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(fates.map(({ id }) => id)).toEqual(planned.map(({ id }) => id))
    expect(fates.slice(0, 10).every(({ outcome }) => outcome === 'done')).toBe(true)
    expect(fates[10]).toMatchObject({ outcome: 'failed', deeds: [], code: 'dependency_unavailable' })
    expect(fates[10]?.detail).toMatch(/not asked/)
    expect(fates[11]).toEqual(planned[11])
  })
})
