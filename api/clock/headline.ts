import type { SagaDocument } from '../orders/saga.ts'

/** For whom an order waits, and how far behind they are; the last two are null where nobody consumes, or Kafka is silent. */
export type WaitsFor = {
  readonly step: string
  readonly action: string
  readonly group: string | null
  readonly behind: number | null
  readonly processes: number | null
  readonly since: string | null
  readonly until: string | null
}

const people: ReadonlySet<string> = new Set(['customer', 'staff'])

export const waitsFor = ({ waitingFor, consumers = [] }: Pick<SagaDocument, 'waitingFor' | 'consumers'>) =>
  waitingFor.map(({ step, action, participant, since, until }): WaitsFor => {
    const group = people.has(participant) ? null : participant
    const health = consumers.find((one) => one.group === group)
    return { step, action, group, behind: health?.lag ?? null, processes: health?.members ?? null, since, until }
  })

/** `Waiting for payment to perform from group payment, which is 3 behind, since ...`; else what the saga says of itself. */
export function clockHeadline(saga: Pick<SagaDocument, 'headline' | 'waitingFor' | 'consumers'>): string {
  const told = waitsFor(saga).flatMap((one) => (one.group === null ? [] : [sentence({ ...one, group: one.group })]))
  return told.length === 0 ? saga.headline : told.join(' ')
}

function sentence({ step, action, group, behind, processes, since }: WaitsFor & { readonly group: string }): string {
  const lag = behind === null ? 'of which Kafka does not tell how far it is behind' : `which is ${behind} behind`
  const gone = processes === 0 ? ' and which nobody runs' : ''
  return `Waiting for ${step} (${action}) from group ${group}, ${lag}${gone}${since === null ? '' : `, since ${since}`}.`
}
