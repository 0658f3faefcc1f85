/** Where an item of the clock is known from. */
export const sources = ['temporal', 'kafka', 'signal', 'attempt', 'ledger', 'stock', 'deadLetter', 'act'] as const
export type Source = (typeof sources)[number]

/** One thing that happened around an order. */
export type ClockItem = {
  /** RFC 3339, UTC. */
  readonly at: string
  readonly source: Source
  /** In a few words. */
  readonly what: string
  /** What it is called elsewhere, by the kind of name. */
  readonly ids: Readonly<Record<string, string>>
  /** Bookkeeping: it says nothing about the order. */
  readonly minor?: true
  readonly raw: unknown
}

/** `gone`: kept no longer; `away`, `slow`: no answer, or none in time; `cut`: more than is told; `failed`: see the log. */
export const whys = ['gone', 'away', 'slow', 'cut', 'failed'] as const
export type Missing = { readonly source: Source | 'headline'; readonly why: (typeof whys)[number] }

export const isoOf = (time: string | Date): string => new Date(time).toISOString()

/**
 * All lists as one, by time. Of the same moment, items stay as they stand in their list, and those of an earlier list
 * come first: give what causes before what is caused.
 */
export const mergeItems = (lists: readonly (readonly ClockItem[])[]): readonly ClockItem[] =>
  lists.flat().toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
