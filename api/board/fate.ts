import type { OrderStatus } from '../../domain/order.ts'
import { updateMs } from '../../platform/temporal-client.ts'
import type { Decision } from '../orders/decide.ts'
import type { ProblemCode } from '../problem.ts'
import type { Bulk, Deed } from './plan.ts'

/** What became, or would become, of one order. */
export type Fate = {
  readonly id: string
  readonly outcome: 'would' | 'done' | 'refused' | 'failed'
  readonly status?: OrderStatus
  readonly total?: { readonly amountMinor: number; readonly currency: string }
  /** Of an act: only what was accepted. */
  readonly deeds: readonly Deed[]
  readonly code?: ProblemCode
  readonly detail?: string
}

/** One question to an order's workflow, and what it was about. */
export type Asked = { readonly deeds: readonly Deed[]; readonly answer: PromiseSettledResult<Decision> }

const refusals = {
  retry: 'nothing_to_resolve',
  cancel: 'order_not_cancellable',
  extend: 'no_deadline',
} as const satisfies Readonly<Record<Bulk['action'], ProblemCode>>

/** Done if anything was accepted; then `code` and `detail` name what was not. */
export function fateOf(plan: Fate, action: Bulk['action'], asked: readonly Asked[]): Fate {
  const accepted = asked.flatMap(({ deeds, answer }) =>
    answer.status === 'fulfilled' && answer.value.kind === 'accepted' ? [{ deeds, state: answer.value.state }] : [],
  )
  const lost = asked.filter(({ answer }) => answer.status === 'rejected')
  const refused = asked.filter(({ answer }) => answer.status === 'fulfilled' && answer.value.kind !== 'accepted')
  const why = [...refused.map(refusalText), ...lost.map(({ deeds }) => `${named(deeds)}Try it again soon.`)]
  const told = why.length > 0 && {
    code: lost.length > 0 ? ('dependency_unavailable' as const) : refusals[action],
    detail: why.join(' '),
  }
  const last = accepted.at(-1)
  if (last !== undefined) {
    const deeds = accepted.flatMap((one) => one.deeds)
    return { ...plan, outcome: 'done', status: last.state.status, deeds, ...told }
  }
  return { ...plan, outcome: lost.length > 0 ? 'failed' : 'refused', deeds: [], ...told }
}

function refusalText({ deeds, answer }: Asked): string {
  const why = answer.status === 'fulfilled' && answer.value.kind === 'refused' ? answer.value.why : undefined
  return `${named(deeds)}${why === 'noLaterDeadline' ? 'Its deadline is later already.' : 'It has gone on meanwhile.'}`
}

/** A question about several deeds is about the order. */
const named = (deeds: readonly Deed[]): string => {
  const [deed, ...others] = deeds
  return deed === undefined || others.length > 0 ? '' : `${deed.step} ${deed.action}: `
}

/** Each asks its workflow, so a worker; others want one too. */
const atOnce = 5

/**
 * A few orders at a time, as long as one more Update fits in before the request's deadline: its caller has been told
 * that it failed by then, so nothing is begun that would end after it. The rest is `failed`.
 */
export async function whileThereIsTime(
  planned: readonly Fate[],
  deadlineAt: number,
  act: (plan: Fate) => Promise<Fate>,
  now: () => number = Date.now,
): Promise<readonly Fate[]> {
  const fates: Fate[] = []
  for (let from = 0; from < planned.length; from += atOnce) {
    const some = planned.slice(from, from + atOnce)
    const isTime = deadlineAt - now() >= updateMs + 1_000
    fates.push(...(isTime ? await Promise.all(some.map(act)) : some.map(notAsked)))
  }
  return fates
}

const notAsked = (plan: Fate): Fate =>
  plan.outcome === 'would'
    ? {
        ...plan,
        outcome: 'failed',
        deeds: [],
        code: 'dependency_unavailable',
        detail: 'It was not asked: the others took too long. Send it again.',
      }
    : plan
