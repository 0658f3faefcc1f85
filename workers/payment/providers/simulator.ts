import { setTimeout as pause } from 'node:timers/promises'
import { withSignal } from '../../participant/runner.ts'
import type { Capture, PaymentProvider, Voiding } from '../provider.ts'
import { authorizationOf, type Book, countCall, enter, find, referenceOf } from './simulator-book.ts'
import { behaviourOf, methodNames } from './simulator-methods.ts'
import { simulateRefund } from './simulator-refunds.ts'

const outageCalls = 2
const uncapturable = methodNames.filter((name) => behaviourOf(name).capture === 'refused')

/**
 * A payment provider with a book of its own, so that it remembers like a real one when this process is killed.
 * `slowMs` is how long a slow method takes; keep it under the call's time-out.
 */
export function makeSimulator(book: Book, slowMs = 1_500): PaymentProvider {
  const never = (signal: AbortSignal) => withSignal(signal, new Promise<never>(() => undefined))
  return {
    name: 'simulator',
    async authorize(key, request, signal) {
      const { answers } = behaviourOf(request.method)
      if (answers === 'slowly') await pause(slowMs, undefined, { signal })
      if (answers === 'afterOutage' && (await countCall(book, key)) <= outageCalls) {
        throw new Error('the simulator plays an outage')
      }
      const row = await enter(book, key, request)
      // it has taken effect, but nobody is told: the worst kind of provider
      if (answers === 'noAnswer') return never(signal)
      if (answers === 'timeoutOnce' && (await countCall(book, key)) === 1) return never(signal)
      return authorizationOf(row)
    },
    async lookUp(key) {
      const row = await find(book, key)
      return row && authorizationOf(row)
    },
    capture: ({ authorizeKey }) => simulateCapture(book, authorizeKey),
    void: ({ authorizeKey }) => simulateVoid(book, authorizeKey),
    refund: (movement) => simulateRefund(book, movement),
  }
}

async function simulateCapture(book: Book, authorizeKey: string): Promise<Capture> {
  if (await move(book, authorizeKey, 'captured')) return { state: 'captured' }
  const row = await find(book, authorizeKey)
  if (row?.state === 'captured') return { state: 'captured' }
  if (row?.state === 'authorized') {
    return { state: 'refused', code: 'capture_failed', message: 'The bank refused to capture the amount.' }
  }
  return { state: 'refused', code: 'not_authorized', message: `The payment is ${row?.state ?? 'unknown'}.` }
}

async function simulateVoid(book: Book, authorizeKey: string): Promise<Voiding> {
  if (await move(book, authorizeKey, 'voided')) return { state: 'voided' }
  const tombstone = {
    key: authorizeKey,
    reference: referenceOf('pi', authorizeKey),
    state: 'voided' as const,
    decline_code: null,
    method: '',
    amount_minor: 0,
    currency: 'XXX',
  }
  const inserted = await book.insertInto('simulated_payment').ignore().values(tombstone).executeTakeFirstOrThrow()
  if (inserted.numInsertedOrUpdatedRows === 1n) return { state: 'voided' }
  const row = await find(book, authorizeKey)
  if (row?.state === 'captured') {
    return { state: 'refused', code: 'already_captured', message: 'The amount was captured.' }
  }
  // a declined one holds nothing and stays declined
  if (row?.state === 'declined' || row?.state === 'voided') return { state: 'voided' }
  throw new Error('authorized in this very moment; to be voided again')
}

/** @returns whether it was in a state from which it may, by the rule in the WHERE. */
async function move(book: Book, authorizeKey: string, to: 'captured' | 'voided'): Promise<boolean> {
  const row = book.updateTable('simulated_payment').set({ state: to }).where('key', '=', authorizeKey)
  const guarded =
    to === 'voided'
      ? row.where('state', 'in', ['authorized', 'pending'])
      : row.where('state', '=', 'authorized').where('method', 'not in', uncapturable)
  return (await guarded.executeTakeFirstOrThrow()).numUpdatedRows === 1n
}
