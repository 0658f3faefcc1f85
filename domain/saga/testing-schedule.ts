import type { Ask } from './event.ts'
import type { Answer, ParcelMoved } from './messages.ts'
import { makePlan, type Plan } from './plan.ts'
import { retryable } from './operate.ts'
import { nextDeadline } from './react.ts'
import { type Driver, drive, invent } from './testing.ts'
import { sagaView } from './view.ts'

/** What a generator draws; `which` picks one of those that there are when the move is made. */
export type Move =
  | { readonly tag: 'answer'; readonly which: number; readonly refuses: boolean; readonly skewMs: number }
  | { readonly tag: 'staleAnswer'; readonly which: number; readonly refuses: boolean; readonly skewMs: number }
  | { readonly tag: 'deadline' }
  | { readonly tag: 'tick'; readonly ms: number }
  | { readonly tag: 'cancel' }
  | { readonly tag: 'parcel'; readonly movement: ParcelMoved['movement'] }
  | { readonly tag: 'deadLetter'; readonly which: number }
  | { readonly tag: 'retry'; readonly which: number }
  | { readonly tag: 'byHand'; readonly which: number }
  | { readonly tag: 'approve'; readonly which: number }
  | { readonly tag: 'moveDeadline'; readonly which: number; readonly ms: number }
  | { readonly tag: 'pay' }

export type StepShape = {
  readonly settles: 'nothing' | 'commit' | 'capture'
  readonly deadlineMs: number
  /** 0: none. */
  readonly graceMs?: number
  readonly needsSecondAdmin?: boolean
}

/** Steps named `step-1.1`, `step-1.2`, `step-2.1` ... by stage. */
export const shapedPlan = (shape: readonly (readonly StepShape[])[], attempts: number): Plan =>
  makePlan(
    shape.map((stage, s) =>
      stage.map(({ settles, deadlineMs, graceMs = 0, needsSecondAdmin = false }, i) => {
        const name = `step-${s + 1}.${i + 1}`
        const settled = { completed: `order.${name}_settled` } as const
        const common = { deadlineMs, needsSecondAdmin, ...(graceMs > 0 && { graceMs }) }
        if (settles === 'nothing') return invent(name, common)
        if (settles === 'commit') return invent(name, { ...common, settlement: { action: 'commit', ...settled } })
        const rejected = `order.${name}_not_settled` as const
        return invent(name, { ...common, settlement: { action: 'capture', ...settled, rejected } })
      }),
    ),
    { retry: { firstMs: 50, attempts } },
  )

/** Plays the moves one after the other and shows the order to `watch` after each, its beginning included. */
export function play(plan: Plan, moves: readonly Move[], watch: (order: Driver) => void = () => undefined): Driver {
  const order = drive(plan)
  watch(order)
  for (const move of moves) {
    make(order, move)
    watch(order)
  }
  return order
}

function make(order: Driver, move: Move): void {
  switch (move.tag) {
    case 'answer':
      return answer(order, pick(openAsks(order), move.which), move.refuses, move.skewMs)
    case 'staleAnswer':
      return answer(order, pick(allAsks(order), move.which), move.refuses, move.skewMs)
    case 'deadline':
      if (nextDeadline(order.saga()) !== undefined) order.waits()
      return
    case 'tick':
      order.waits(order.clock() + move.ms)
      return
    case 'cancel':
      order.cancels()
      return
    case 'parcel':
      order.parcel(move.movement)
      return
    case 'deadLetter': {
      const ask = pick(allAsks(order), move.which)
      if (ask !== undefined) order.deadLetters(ask.step, ask.action)
      return
    }
    case 'retry': {
      const step = pick(order.saga().steps, move.which)
      if (step !== undefined) order.retries(step.step)
      return
    }
    case 'byHand': {
      const step = pick(order.saga().steps, move.which)
      if (step !== undefined) order.doesByHand(step.step)
      return
    }
    case 'approve':
      order.approves(1 + (move.which % 3))
      return
    case 'moveDeadline': {
      const step = pick(order.saga().steps, move.which)
      const deadlineAt = new Date(order.clock() + move.ms).toISOString()
      if (step !== undefined) order.movesDeadline(step.step, deadlineAt)
      return
    }
    case 'pay':
      order.paysWith('pm_another')
  }
}

/** From here on everybody answers, operators retry what is stuck, and the parcel arrives. */
export function finish(order: Driver, watch: (order: Driver) => void = () => undefined): void {
  for (let patience = 200; patience > 0; patience -= 1) {
    const [waiting] = sagaView(order.saga()).waitingFor
    const stuck = order.saga().steps.find(({ step }) => retryable(order.saga(), step))
    if (waiting?.participant === 'customer') order.paysWith('pm_another')
    else if (waiting !== undefined) order.answer(waiting.step, waiting.action, 'completed')
    else if (stuck !== undefined) order.retries(stuck.step)
    else order.parcel('delivered')
    watch(order)
  }
}

const allAsks = (order: Driver): readonly Ask[] => order.events.flatMap(({ data }) => data.asks ?? [])

const openAsks = (order: Driver): readonly Ask[] => {
  const open = sagaView(order.saga()).waitingFor.map(({ step, action }) => `${step}/${action}`)
  return allAsks(order).filter(({ step, action }) => open.includes(`${step}/${action}`))
}

const pick = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(list.length, 1)]

function answer(order: Driver, ask: Ask | undefined, refuses: boolean, skewMs: number): void {
  if (ask === undefined) return
  const refusal: Answer['outcome'] = ask.action === 'compensate' ? 'undoRefused' : 'rejected'
  const at = new Date(order.clock() + skewMs).toISOString()
  order.answer(ask.step, ask.action, refuses ? refusal : 'completed', { round: ask.round, at })
}
