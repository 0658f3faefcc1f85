import { actOn, type LetterRow } from '../../workers/projection/dead-letters/act.ts'
import {
  findLetter,
  type LetterFilter,
  type LetterHead,
  lettersInOrder,
  wholeLetters,
} from '../../workers/projection/dead-letters/queries.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { invalid, notFound, ProblemError } from '../problem.ts'
import { difference } from './difference.ts'
import { dryRun, readable } from './dry-run.ts'

type Needs = Pick<Deps, 'orders'>

/** Letters in one call. */
export const mostAtOnce = 500

export const byOf = ({ role, id }: Principal) => ({ kind: role, id })

const notOpen = (): ProblemError =>
  new ProblemError('dead_letter_not_open', 'It was redriven or discarded. If it fails again, it is open again.')

/** Sends a letter once more to the group that failed, as it is or with other data. */
export async function redriveOne(
  { orders }: Needs,
  principal: Principal,
  id: string,
  { reason, data }: { readonly reason: string; readonly data?: Readonly<Record<string, unknown>> | undefined },
): Promise<void> {
  const letter = await findLetter(orders, id)
  if (letter === undefined) throw notFound('dead letter')
  if (letter.state !== 'open') throw notOpen()
  const edit = data === undefined ? undefined : edited(letter, data)
  const { accepted, problem } = dryRun(letter, edit?.body)
  if (!accepted) {
    throw edit === undefined
      ? new ProblemError('dead_letter_unreadable', `It would come right back (${problem}): edit or discard it.`)
      : invalid([{ pointer: '/data', code: 'unreadable', message: `Is not taken by today’s parser: ${problem}` }])
  }
  const acted = await actOn(orders, [id], { kind: 'redriven', by: byOf(principal), reason }, edit)
  if (acted.length === 0) throw notOpen()
}

/** Other data under the same headers: whose order and which event it is can't be edited. */
function edited(letter: LetterRow, data: Readonly<Record<string, unknown>>) {
  const { order } = data
  if (typeof order === 'object' && order !== null && 'id' in order && order.id !== letter.order_id) {
    throw invalid([
      { pointer: '/data/order/id', code: 'not_editable', message: 'Has to be the order that it is about' },
    ])
  }
  const changes = difference(readable(letter.body), data)
  if (changes.length === 0) {
    throw invalid([{ pointer: '/data', code: 'unchanged', message: 'Is the same as before: leave it out' }])
  }
  return { body: Buffer.from(JSON.stringify(data)), difference: changes }
}

export async function discardOne(deps: Needs, principal: Principal, id: string, reason: string): Promise<void> {
  const acted = await actOn(deps.orders, [id], { kind: 'discarded', by: byOf(principal), reason })
  if (acted.length > 0) return
  if ((await findLetter(deps.orders, id)) === undefined) throw notFound('dead letter')
  throw notOpen()
}

/** What became, or would become, of each letter of a call about many. */
export type Fate = {
  readonly id: string
  readonly fate: 'redriven' | 'unreadable' | 'notOpen'
  readonly problem: string | null
}
export type Many = { readonly items: readonly Fate[]; readonly more: boolean }

/**
 * Sends many once more, an order's letters in the order in which they stood. What today's parser refuses is left open:
 * it would come right back.
 */
export async function redriveMany(
  { orders }: Needs,
  principal: Principal,
  which: { readonly ids: readonly string[] } | LetterFilter,
  { reason, dry }: { readonly reason: string; readonly dry: boolean },
): Promise<Many> {
  const found = await lettersInOrder(orders, which, mostAtOnce + 1)
  const letters = found.slice(0, mostAtOnce)
  const planned: Fate[] = []
  for (let from = 0; from < letters.length; from += wholeAtOnce) {
    planned.push(...(await plan({ orders }, letters.slice(from, from + wholeAtOnce))))
  }
  const more = found.length > letters.length
  if (dry) return { items: planned, more }
  const wanted = planned.filter(({ fate }) => fate === 'redriven').map(({ id }) => id)
  const acted = new Set(await actOn(orders, wanted, { kind: 'redriven', by: byOf(principal), reason }))
  const items = planned.map((one) =>
    one.fate === 'redriven' && !acted.has(one.id) ? { ...one, fate: 'notOpen' as const } : one,
  )
  return { items, more }
}

/** A message may have a megabyte: not all of them are in memory together. */
const wholeAtOnce = 20

async function plan({ orders }: Needs, heads: readonly LetterHead[]): Promise<readonly Fate[]> {
  const ids = heads.map(({ id }) => id)
  const letters = new Map((await wholeLetters(orders, ids)).map((letter) => [letter.id, letter]))
  return ids.map((id): Fate => {
    const letter = letters.get(id)
    if (letter?.state !== 'open') return { id, fate: 'notOpen', problem: null }
    const { accepted, problem } = dryRun(letter)
    return { id, fate: accepted ? 'redriven' : 'unreadable', problem }
  })
}
