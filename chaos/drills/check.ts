import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../until.ts'
import type { World } from '../world.ts'

export type CheckFinding = { readonly invariant: string; readonly subject: string; readonly difference: string }

/** What one invariant came to. */
export type CheckRow = {
  readonly name: string
  /** All of them; the first hundred are named. */
  readonly count: number
  readonly findings: readonly { readonly subject: string; readonly difference: string }[]
}

/** A part may still be away for a moment after the fault. */
const tries = 4
/** A big shop is looked at for minutes. */
const withinMs = 300_000

/** Has everything checked, as staff would, so that staff finds what was said. @throws when nobody could look. */
export async function check(world: Pick<World, 'admin'>, pauseMs = 5_000): Promise<readonly CheckRow[]> {
  for (let left = tries; ; left -= 1) {
    const { invariants, why } = await checkOnce(world.admin)
    if (invariants !== undefined) return invariants
    if (left === 1) throw new Error(`It could not be checked whether everything is right: ${why}`)
    await pause(pauseMs)
  }
}

type Checked = { readonly invariants?: readonly CheckRow[]; readonly why?: string }

async function checkOnce(admin: World['admin']): Promise<Checked> {
  const { checks } = admin.api.v1.admin
  const read = async () => (await checks.$get()).json()
  let before: string | undefined
  // another one that is under way began before what we want looked at
  const begins = async () => {
    before = (await read()).last?.beganAt
    return (await (await checks.$post()).json()).started
  }
  await until('a check begins', begins, { everyMs: 1_000, withinMs })
  await until('the check ends', async () => !(await read()).underWay, { everyMs: 1_000, withinMs })
  const { last } = await read()
  // whoever runs it may be ended in the middle: what was said before says nothing of now
  if (last === null || last.beganAt === before) return { why: 'the check ended and said nothing' }
  return last.outcome === 'failed' ? { why: last.message ?? '' } : { invariants: last.invariants }
}

/**
 * Those that were not there before. A finding stays the same as long as it is about the same thing. Of more than are
 * named some can be told by their number alone, and an old one that is named for the first time counts as new.
 */
export function newFindings(before: readonly CheckRow[], after: readonly CheckRow[]): readonly CheckFinding[] {
  return after.flatMap((row) =>
    newOf(
      before.find(({ name }) => name === row.name),
      row,
    ),
  )
}

function newOf(before: CheckRow | undefined, { name: invariant, count, findings }: CheckRow): readonly CheckFinding[] {
  const known = new Set(before?.findings.map(({ subject }) => subject))
  const named = findings.filter(({ subject }) => !known.has(subject))
  const told = named.map(({ subject, difference }) => ({ invariant, subject, difference }))
  const more = count - (before?.count ?? 0) - told.length
  if (more <= 0) return told
  return [...told, { invariant, subject: `${more} more`, difference: 'new, and not among the hundred that are named' }]
}
