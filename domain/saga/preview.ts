import { definitionOf } from './turn.ts'
import { isCancellable, isUndoing, owesUndo, type Saga } from './state.ts'

/** One thing that cancelling would undo. */
export type UndoPreview = {
  readonly step: string
  readonly participant: string
  /** 1, 2, 3: what is undone first. Those with the same number are undone side by side. */
  readonly turn: number
  /** The event that would prove it. */
  readonly proof: string
}

export type CancellationPreview = {
  readonly possible: boolean
  /** Why not: it is being undone already, or it is too late. */
  readonly why?: 'undoing' | 'tooLate'
  readonly undoes: readonly UndoPreview[]
}

/** What cancelling the order as it is now would do, by the guard that decides and the order in which it is undone. */
export function previewCancellation(saga: Saga): CancellationPreview {
  if (!isCancellable(saga)) return { possible: false, why: isUndoing(saga) ? 'undoing' : 'tooLate', undoes: [] }
  const stages = [...new Set(saga.steps.filter(owesUndo).map(({ stage }) => stage))].toSorted((a, b) => b - a)
  const undoes = stages.flatMap((stage, at) =>
    saga.steps
      .filter((step) => step.stage === stage && owesUndo(step))
      .map(({ step, participant }) => {
        const proof = definitionOf(saga, step).compensated ?? ''
        return { step, participant, turn: at + 1, proof }
      }),
  )
  return { possible: true, undoes }
}
