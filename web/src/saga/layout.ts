import type { OrderStatus, Progress, Saga, Step } from '../http/contract.ts'

export type NodeState =
  'pending' | 'running' | 'done' | 'failed' | 'timedOut' | 'skipped' | 'refused' | 'stuck' | 'byHand'

/** One box: a step's deed, its undo, or how it was settled. */
export type SagaNode = {
  readonly id: string
  readonly step: string
  readonly action: string
  readonly state: NodeState
  readonly requestedAt: string | undefined
  readonly answeredAt: string | undefined
  readonly deadlineAt: string | undefined
  readonly attempts: number
  readonly reason: { readonly code: string; readonly message: string } | undefined
}

export type Milestone = 'placed' | 'confirmed' | 'delivered'
export type Column =
  | { readonly kind: 'milestone'; readonly name: Milestone; readonly isReached: boolean }
  | { readonly kind: 'stage'; readonly number: number; readonly nodes: readonly SagaNode[] }
  | { readonly kind: 'settlement'; readonly nodes: readonly SagaNode[] }

/** The undo of one stage, and the column of the forward path that it stands under. */
export type UndoStage = { readonly column: number; readonly nodes: readonly SagaNode[] }
export type SagaLayout = {
  readonly columns: readonly Column[]
  /** In the order in which it happens: the last stage first. */
  readonly undo: readonly UndoStage[]
  readonly end: 'cancelled' | 'rejected' | undefined
}

const confirmedOnes: ReadonlySet<OrderStatus> = new Set(['confirmed', 'dispatched', 'delivered'])
const backwards: ReadonlySet<OrderStatus> = new Set(['cancelling', 'failing', 'cancelled', 'rejected'])

/** Where each part of the saga is drawn: the path forward from left to right, and below it, back, what is undone. */
export function layoutOf(saga: Saga): SagaLayout {
  const stages = [...new Set(saga.steps.map(({ stage }) => stage))].toSorted((a, b) => a - b)
  const isBack = backwards.has(saga.status)
  const settled = saga.steps.flatMap((step) => settlementNode(step, isBack))
  // a cancelled order may have been confirmed: that every step had succeeded tells it
  const wasConfirmed =
    confirmedOnes.has(saga.status) || (isBack && saga.steps.every(({ state }) => state === 'succeeded'))
  const columns: readonly Column[] = [
    { kind: 'milestone', name: 'placed', isReached: true },
    ...stages.map((number) => ({
      kind: 'stage' as const,
      number,
      nodes: saga.steps.filter(({ stage }) => stage === number).map((step) => performNode(step, isBack)),
    })),
    { kind: 'milestone', name: 'confirmed', isReached: wasConfirmed },
    ...(settled.length > 0 ? [{ kind: 'settlement' as const, nodes: settled }] : []),
    { kind: 'milestone', name: 'delivered', isReached: saga.status === 'delivered' },
  ]
  const undo = stages
    .toReversed()
    .map((stage) => ({
      column: columns.findIndex((column) => column.kind === 'stage' && column.number === stage) + 1,
      nodes: saga.steps.filter((step) => step.stage === stage).flatMap((step) => undoNode(step, saga.status)),
    }))
    .filter(({ nodes }) => nodes.length > 0)
  const end = saga.status === 'cancelled' || saga.status === 'rejected' ? saga.status : undefined
  return { columns, undo, end }
}

const stepStates: Readonly<Record<Step['state'], NodeState>> = {
  notStarted: 'pending',
  waiting: 'running',
  succeeded: 'done',
  rejected: 'failed',
  timedOut: 'timedOut',
}

function performNode(step: Step, isBack: boolean): SagaNode {
  // once the saga goes back, nobody waits for a step any more, nor will it be begun
  const isDropped = isBack && (step.state === 'notStarted' || step.state === 'waiting')
  return {
    id: `${step.step}/perform`,
    step: step.step,
    action: 'perform',
    state: isDropped ? 'skipped' : stepStates[step.state],
    ...moments(step),
    attempts: step.requestedAt === null ? 0 : 1,
    reason: step.reason ?? undefined,
  }
}

const progressStates: Readonly<Record<string, NodeState>> = {
  none: 'pending',
  requested: 'running',
  done: 'done',
  refused: 'refused',
  failed: 'failed',
  stuck: 'stuck',
  doneByHand: 'byHand',
}

const progressNode = (step: string, action: string, progress: Progress): SagaNode => ({
  id: `${step}/${action}`,
  step,
  action,
  state: progressStates[progress.state] ?? 'pending',
  ...moments(progress),
  attempts: progress.attempts,
  reason: progress.reason ?? undefined,
})

function settlementNode({ step, settlement }: Step, isBack: boolean): readonly SagaNode[] {
  if (settlement === null) return []
  const node = progressNode(step, settlement.action, settlement)
  return [isBack && node.state === 'pending' ? { ...node, state: 'skipped' } : node]
}

/** Also those whose turn has not come: what was begun and not refused is owed an undo. */
function undoNode(step: Step, status: OrderStatus): readonly SagaNode[] {
  const { compensation } = step
  if (compensation.state !== 'none') return [progressNode(step.step, 'compensate', compensation)]
  const isUndoing = status === 'cancelling' || status === 'failing'
  const isOwed = isUndoing && step.state !== 'notStarted' && step.state !== 'rejected'
  return isOwed ? [progressNode(step.step, 'compensate', compensation)] : []
}

const moments = (of: Pick<Progress, 'requestedAt' | 'answeredAt' | 'deadlineAt'>) => ({
  requestedAt: of.requestedAt ?? undefined,
  answeredAt: of.answeredAt ?? undefined,
  deadlineAt: of.deadlineAt ?? undefined,
})

/** Milliseconds it took, or has been taking until now; undefined for what was not begun or nobody waits for any more. */
export function durationOf({ state, requestedAt, answeredAt, deadlineAt }: SagaNode, now: number): number | undefined {
  if (requestedAt === undefined) return undefined
  // an answer that came after the deadline counted for nothing
  const end = state === 'timedOut' ? deadlineAt : answeredAt
  if (end !== undefined) return Math.max(0, Date.parse(end) - Date.parse(requestedAt))
  return state === 'running' ? Math.max(0, now - Date.parse(requestedAt)) : undefined
}
