import type { InfiniteData } from '@tanstack/react-query'
import type { Page } from './contract.ts'

/** For a query of one page after the other: each begins where the one before it ended. */
export const pageByPage = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }: Pick<Page<unknown>, 'nextCursor'>): string | undefined => nextCursor ?? undefined,
}

/** All that was read so far. */
export const itemsOf = <Item>(data: InfiniteData<Page<Item>, unknown> | undefined): readonly Item[] =>
  data?.pages.flatMap(({ items }) => items) ?? []
