import type { Authorization, PaymentProvider } from '../../workers/payment/provider.ts'

/** What becomes of one call: it answers, or it throws before or after it took effect. */
export type Fate = 'answers' | 'neverSent' | 'lostAnswer'

type Entry = { state: 'authorized' | 'declined' | 'captured' | 'voided'; amount: number; refunded: number }

/** A provider that does what a test's script says, and keeps count of what it did. */
export function makeScriptedProvider() {
  const payments = new Map<string, Entry>()
  const refunds = new Map<string, 'refunded' | 'refused'>()
  const seen = { captures: 0, authorizations: 0 }
  let fates: readonly Fate[] = []
  let refuses = false

  async function call<Result>(effect: () => Result): Promise<Result> {
    const [fate = 'answers', ...rest] = fates
    fates = rest
    if (fate === 'neverSent') throw new Error('the connection broke before')
    const result = effect()
    if (fate === 'lostAnswer') throw new Error('the connection broke after')
    return Promise.resolve(result)
  }

  const told = (key: string, { state }: Entry): Authorization =>
    state === 'authorized' || state === 'captured'
      ? { state: 'authorized', reference: `ref ${key}` }
      : { state: 'declined', code: 'card_declined', message: 'No.' }
  const refusal = (code: string) => ({ state: 'refused', code, message: 'No.' }) as const

  const provider: PaymentProvider = {
    name: 'scripted',
    authorize: (key, { amount, method }) =>
      call(() => {
        const state = method === 'pm_declined' ? ('declined' as const) : ('authorized' as const)
        const entry = payments.get(key) ?? { state, amount: amount.amountMinor, refunded: 0 }
        if (!payments.has(key) && state === 'authorized') seen.authorizations += 1
        payments.set(key, entry)
        return told(key, entry)
      }),
    lookUp: (key) =>
      call(() => {
        const entry = payments.get(key)
        return entry && told(key, entry)
      }),
    capture: ({ authorizeKey }) =>
      call(() => {
        const entry = payments.get(authorizeKey)
        if (entry?.state === 'captured') return { state: 'captured' } as const
        if (entry?.state !== 'authorized' || refuses) return refusal('capture_failed')
        entry.state = 'captured'
        seen.captures += 1
        return { state: 'captured' } as const
      }),
    void: ({ authorizeKey }) =>
      call(() => {
        const entry = payments.get(authorizeKey) ?? { state: 'voided' as const, amount: 0, refunded: 0 }
        payments.set(authorizeKey, entry)
        if (entry.state === 'captured') return refusal('already_captured')
        entry.state = 'voided'
        return { state: 'voided' } as const
      }),
    refund: ({ authorizeKey, key, amount }) =>
      call(() => {
        const entry = payments.get(authorizeKey)
        const possible = entry?.state === 'captured' && entry.refunded + amount.amountMinor <= entry.amount
        const state = refunds.get(key) ?? (possible && !refuses ? 'refunded' : 'refused')
        if (state === 'refused') return refusal('refund_failed')
        if (entry && !refunds.has(key)) entry.refunded += amount.amountMinor
        refunds.set(key, state)
        return { state, reference: `refund ${key}` } as const
      }),
  }

  return {
    provider,
    seen,
    /** For the calls that come next, one after the other; then all answer. */
    script: (next: readonly Fate[], refusing = false): void => {
      fates = next
      refuses = refusing
    },
    holds: () => [...payments.values()].filter(({ state }) => state === 'authorized').length,
    refunded: () => [...payments.values()].reduce((sum, entry) => sum + entry.refunded, 0),
  }
}
