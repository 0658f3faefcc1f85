/** What an endpoint wants: `order.confirmed`, `order.*`, `return.*` or `*`. */
export type EventFilter = string

export const wildcards = ['*', 'order.*', 'return.*'] as const

/** Whether an event of this type is among what is wanted. Types that come later are, where a wildcard has them. */
export const wants = (filters: readonly EventFilter[], type: string): boolean =>
  filters.some(
    (filter) => filter === '*' || filter === type || (filter.endsWith('.*') && type.startsWith(filter.slice(0, -1))),
  )
