import { checkNames } from './names.ts'
import type { CheckRun, Invariant } from './queries.ts'

export type CheckRow = {
  readonly name: string
  readonly state: 'ok' | 'finding' | 'unknown'
  readonly invariant?: Invariant
}

/** A row for each invariant: of a check that could not look, those there are, and nobody knows how they stand. */
export function rowsOf({ outcome, invariants }: Pick<CheckRun, 'outcome' | 'invariants'>): readonly CheckRow[] {
  if (outcome === 'failed') return checkNames.map((name) => ({ name, state: 'unknown' }))
  return invariants.map((invariant) => ({
    name: invariant.name,
    state: invariant.count === 0 ? 'ok' : 'finding',
    invariant,
  }))
}
