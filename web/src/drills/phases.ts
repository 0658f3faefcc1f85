import type { DrillRun } from './queries.ts'

type Phase = DrillRun['phase']

/** What a drill goes through, as it is shown. */
export const phases = [
  'preparing',
  'loading',
  'striking',
  'recovering',
  'settling',
  'checking',
] as const satisfies readonly Phase[]

export type PhaseRow = { readonly phase: (typeof phases)[number]; readonly state: 'done' | 'now' | 'later' }

/** Where a drill stands that goes on. */
export function phaseRows(at: Phase): readonly PhaseRow[] {
  const now = phases.findIndex((phase) => phase === at)
  const stateOf = (index: number) => (now === -1 || index < now ? 'done' : index === now ? 'now' : 'later')
  return phases.map((phase, index) => ({ phase, state: stateOf(index) }))
}
