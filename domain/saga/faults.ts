import type { Ask, OrderEvent, OrderEventData } from './event.ts'
import type { Saga } from './state.ts'

/**
 * What is wrong with the undoing of an order that is over, read from its events alone: only what was begun and not
 * rejected is asked, an earlier stage after proof from the later ones, each proof comes once, and none is missing.
 */
export function undoingFaults({ steps, status }: Saga, events: readonly OrderEvent[]): readonly string[] {
  const faults: string[] = []
  const [begun, rejected, asked, proven] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  const free = new Set(steps.filter(({ undoable }) => undoable === false).map(({ step }) => step)) // nothing to undo
  const isOpen = (name: string) =>
    !free.has(name) && (asked.has(name) ? !proven.has(name) : begun.has(name) && !rejected.has(name))

  const answered = ({ step = '', action, outcome }: OrderEventData) => {
    if (action === 'perform' && outcome === 'rejected') rejected.add(step)
    if (action !== 'compensate' || outcome !== 'completed') return
    if (!asked.has(step)) faults.push(`${step} was undone unasked`)
    if (proven.has(step)) faults.push(`${step} was undone twice`)
    proven.add(step)
  }
  const ask = ({ step, action }: Ask) => {
    if (action === 'perform') {
      begun.add(step)
      rejected.delete(step) // another try
    }
    if (action !== 'compensate') return
    if (!begun.has(step)) faults.push(`${step} was never begun, but is undone`)
    if (!asked.has(step) && rejected.has(step)) faults.push(`${step} left nothing behind, but is undone`)
    const stage = steps.find((one) => one.step === step)?.stage ?? 0
    const later = steps.filter((one) => one.stage > stage && isOpen(one.step))
    faults.push(...later.map((one) => `${step} is undone before ${one.step}`))
    asked.add(step)
  }
  for (const { data } of events) {
    answered(data)
    for (const one of data.asks ?? []) ask(one)
  }

  if (status === 'delivered') return [...faults, ...[...proven].map((step) => `${step} was undone, yet delivered`)]
  return [...faults, ...[...begun].filter(isOpen).map((step) => `${step} was not undone`)]
}

/**
 * What is wrong with the asks of an order: attempts count up one by one, a new round follows a refusal or what was done
 * by hand and nothing else, every deadline lies ahead, and the order travels with the asks only.
 */
export function askFaults(events: readonly OrderEvent[]): readonly string[] {
  const faults: string[] = []
  const last = new Map<
    string,
    { readonly round: number; readonly attempt: number; readonly refused: boolean; readonly byHand?: boolean }
  >()
  for (const { id, time, data } of events) {
    const answered = last.get(`${data.step} ${data.action}`)
    const refused = data.outcome === 'rejected' || data.outcome === 'undoRefused'
    if (answered !== undefined && refused) last.set(`${data.step} ${data.action}`, { ...answered, refused })
    if ((data.order === undefined) !== (data.asks === undefined)) faults.push(`${id}: order and asks travel together`)
    for (const { step, action, round, attempt, deadlineAt, notBefore, byHand } of data.asks ?? []) {
      const key = `${step} ${action}`
      // what is undone is the round that was asked last
      const undone = action === 'compensate' ? last.get(`${step} perform`)?.round : undefined
      const before = last.get(key) ?? { round: undone ?? 1, attempt: 0, refused: false }
      const isNew = before.refused || (byHand === true && before.byHand !== true)
      const firstOfPerform = action === 'perform' && isNew // another try begins to count anew
      if (attempt !== (firstOfPerform ? 1 : before.attempt + 1))
        faults.push(`${id}: attempt ${attempt} of ${key} after ${before.attempt}`)
      if (round !== before.round + (isNew ? 1 : 0)) faults.push(`${id}: round ${round} of ${key}`)
      if (Date.parse(deadlineAt) <= Date.parse(notBefore ?? time)) faults.push(`${id}: ${key} has no time`)
      last.set(key, { round, attempt, refused: false, ...(byHand === true && { byHand }) })
    }
  }
  return faults
}
