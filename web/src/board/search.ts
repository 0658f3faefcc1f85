import { type Given, isTrue, type OrderSearch, readOrderSearch, text } from '../app/search.ts'

export const waitNames = ['stock', 'payment', 'shipping', 'approval', 'customer'] as const
export type WaitName = (typeof waitNames)[number]

/** What staff look for in all orders; named as the API names it. */
export type BoardSearch = OrderSearch & {
  readonly waitingFor?: WaitName
  /** Seconds. */
  readonly waitingLongerThan?: number
  readonly compensating?: true
  readonly deadLettered?: true
}

export function readBoardSearch(given: Given): BoardSearch {
  const waitingFor = waitNames.find((name) => name === given['waitingFor'])
  const seconds = Number(text(given['waitingLongerThan']) ?? Number.NaN)
  return {
    ...readOrderSearch(given),
    ...(waitingFor && { waitingFor }),
    ...(Number.isInteger(seconds) && seconds >= 0 && { waitingLongerThan: seconds }),
    ...(isTrue(given['compensating']) && { compensating: true }),
    ...(isTrue(given['deadLettered']) && { deadLettered: true }),
  }
}

/** The filter that this address stands for, as the API keeps it; undefined where it can't be kept. */
export function filterOf(search: BoardSearch): Readonly<Record<string, unknown>> | undefined {
  const { attention, customer, cursor: _, placedFrom, placedTo, ...same } = search
  if (placedFrom !== undefined || placedTo !== undefined) return undefined
  const filter = {
    ...same,
    ...(attention && { needsAttention: true }),
    ...(customer !== undefined && { customerId: customer }),
  }
  return Object.keys(filter).length > 0 ? filter : undefined
}

/** The address of a kept filter. */
export function searchOf({ needsAttention, customerId, ...same }: Readonly<Record<string, unknown>>): BoardSearch {
  return readBoardSearch({ ...same, attention: needsAttention, customer: customerId })
}
