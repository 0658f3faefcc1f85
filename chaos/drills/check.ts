import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../until.ts'
import type { World } from '../world.ts'

export type CheckFinding = { readonly invariant: string; readonly subject: string; readonly difference: string }

/** A part may still be away for a moment after the fault. */
const tries = 4

/** Has everything checked, as staff would, so that staff finds what was said. @throws when nobody could look. */
export async function check({ admin }: Pick<World, 'admin'>): Promise<readonly CheckFinding[]> {
  for (let left = tries; ; left -= 1) {
    const { outcome, message = '', invariants } = await checkOnce(admin)
    if (outcome !== 'failed')
      return invariants.flatMap(({ name, findings }) =>
        findings.map(({ subject, difference }) => ({ invariant: name, subject, difference })),
      )
    if (left === 1) throw new Error(`It could not be checked whether everything is right: ${message}`)
    await pause(5_000)
  }
}

async function checkOnce(admin: World['admin']) {
  const { checks } = admin.api.v1.admin
  const read = async () => (await checks.$get()).json()
  // another one that is under way began before what we want looked at
  await until('a check begins', async () => (await (await checks.$post()).json()).started, { everyMs: 1_000 })
  await until('the check ends', async () => !(await read()).underWay, { everyMs: 1_000 })
  const { last } = await read()
  if (last === null) throw new Error('The check ended and said nothing')
  return last
}

/** Those that were not there before. A finding stays the same as long as it is about the same thing. */
export function newFindings(before: readonly CheckFinding[], after: readonly CheckFinding[]): readonly CheckFinding[] {
  const known = new Set(before.map(keyOf))
  return after.filter((finding) => !known.has(keyOf(finding)))
}

const keyOf = ({ invariant, subject }: CheckFinding): string => `${invariant}\0${subject}`
