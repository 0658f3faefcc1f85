import { expect, it } from 'vitest'
import type { Saga, Step } from '../http/contract.ts'
import { durationOf, layoutOf, type SagaNode } from './layout.ts'

const untouched = { requestedAt: null, answeredAt: null, deadlineAt: null, attempts: 0, reason: null }
const step = (name: string, stage: number, more: Partial<Step> = {}): Step => ({
  step: name,
  participant: name,
  stage,
  state: 'succeeded',
  requestedAt: '2026-01-31T09:30:00.000Z',
  answeredAt: '2026-01-31T09:30:00.085Z',
  deadlineAt: null,
  reason: null,
  compensation: { state: 'none', ...untouched },
  settlement: null,
  ...more,
})
const commit = { settlement: { state: 'none', action: 'commit', ...untouched } } as const
const undone = (state: string) => ({ compensation: { ...untouched, state, attempts: 1 } })
const saga = (status: Saga['status'], steps: readonly Step[]): Saga => ({
  status,
  needsAttention: false,
  headline: '',
  waitingFor: [],
  steps,
})

it('draws the path forward stage by stage, the steps of a stage in one column, and the settlement behind it', () => {
  const { columns, undo } = layoutOf(
    saga('confirmed', [step('stock', 1, commit), step('payment', 1), step('shipping', 2)]),
  )
  expect(
    columns.map((column) => (column.kind === 'milestone' ? column.name : column.nodes.map(({ id }) => id))),
  ).toEqual([
    'placed',
    ['stock/perform', 'payment/perform'],
    ['shipping/perform'],
    'confirmed',
    ['stock/commit'],
    'delivered',
  ])
  expect(undo).toEqual([])
})

it('draws what is undone below its stage, the last stage first', () => {
  const { undo, end } = layoutOf(
    saga('cancelled', [
      step('stock', 1, undone('done')),
      step('payment', 1, undone('done')),
      step('shipping', 2, undone('done')),
    ]),
  )
  expect(undo.map(({ column, nodes }) => [column, nodes.map(({ step: name }) => name)])).toEqual([
    [3, ['shipping']],
    [2, ['stock', 'payment']],
  ])
  expect(end).toBe('cancelled')
})

it('shows an undo whose turn has not come as waiting for it, and none for a step that was refused', () => {
  const { undo } = layoutOf(
    saga('failing', [
      step('stock', 1),
      step('payment', 1, { state: 'rejected' }),
      step('shipping', 2, undone('requested')),
    ]),
  )
  expect(undo.flatMap(({ nodes }) => nodes).map(({ step: name, state }) => [name, state])).toEqual([
    ['shipping', 'running'],
    ['stock', 'pending'],
  ])
})

it('does not pretend to wait for a step after the saga has turned back', () => {
  const { columns } = layoutOf(
    saga('failing', [step('stock', 1, { state: 'waiting' }), step('shipping', 2, { state: 'notStarted' })]),
  )
  const states = columns.flatMap((column) => (column.kind === 'stage' ? column.nodes.map(({ state }) => state) : []))
  expect(states).toEqual(['skipped', 'skipped'])
})

it('measures to the answer, to now, or to the deadline that passed', () => {
  const node: SagaNode = {
    id: 'stock/perform',
    step: 'stock',
    action: 'perform',
    state: 'done',
    requestedAt: '2026-01-31T09:30:00.000Z',
    answeredAt: '2026-01-31T09:30:00.085Z',
    deadlineAt: '2026-01-31T09:30:20.000Z',
    attempts: 1,
    reason: undefined,
  }
  const now = Date.parse('2026-01-31T09:30:05.000Z')
  expect(durationOf(node, now)).toBe(85)
  expect(durationOf({ ...node, answeredAt: undefined, state: 'running' }, now)).toBe(5000)
  expect(durationOf({ ...node, answeredAt: undefined, state: 'timedOut' }, now)).toBe(20_000)
  expect(durationOf({ ...node, requestedAt: undefined }, now)).toBeUndefined()
})
