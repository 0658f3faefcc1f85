import { queryOptions } from '@tanstack/react-query'
import type { LetterSearch } from '../app/staff-search.ts'
import { call, query } from '../http/client.ts'
import type { Letter, LetterCause, Page, Redriven, WholeLetter } from '../http/contract.ts'

export const lettersKey = ['dead-letters'] as const
export const letterKey = (id: string) => [...lettersKey, 'one', id] as const

const path = '/v1/admin/dead-letters'
const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`
const pageSize = 20

/** What open letters have in common. */
export const causesQuery = queryOptions({
  queryKey: [...lettersKey, 'causes'] as const,
  queryFn: ({ signal }) => call<Page<LetterCause>>(`${path}/causes${query({ limit: 100 })}`, { signal }),
  refetchInterval: 5_000,
})

export const lettersQuery = ({ state = 'open', group, type, cause, orderId, cursor }: LetterSearch) =>
  queryOptions({
    queryKey: [...lettersKey, 'list', { state, group, type, cause, orderId, cursor }] as const,
    queryFn: ({ signal }) => {
      const filter = { state: state === 'all' ? undefined : state, group, type, cause, orderId, cursor }
      return call<Page<Letter>>(`${path}${query({ ...filter, limit: pageSize })}`, { signal })
    },
    refetchInterval: 5_000,
  })

/** Read again: one that was redriven may come back. */
export const letterQuery = (id: string) =>
  queryOptions({
    queryKey: letterKey(id),
    queryFn: ({ signal }) => call<WholeLetter>(pathOf(id), { signal }),
    refetchInterval: 5_000,
  })

export type LetterAct = {
  readonly what: 'redrive' | 'discard'
  readonly reason: string
  /** Sent instead of the letter's own body. */
  readonly data?: unknown
}

export const actOnLetter = (id: string, { what, ...body }: LetterAct): Promise<WholeLetter> =>
  call<WholeLetter>(`${pathOf(id)}/${what}`, { method: 'POST', body })

/** Those that are named, or all open ones that the filter finds. */
export type Which =
  { readonly ids: readonly string[] } | { readonly filter: Pick<LetterSearch, 'group' | 'type' | 'cause' | 'orderId'> }

/** What a redrive of many would do. */
export const dryRunQuery = (which: Which) =>
  queryOptions({
    queryKey: ['dead-letters-dry-run', which] as const,
    queryFn: ({ signal }) =>
      call<Redriven>(`${path}/redrive`, { method: 'POST', body: { ...which, dryRun: true }, signal }),
    // never from before: somebody else may have acted meanwhile; and not while the form is being read
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })

export const redriveMany = (which: Which, reason: string): Promise<Redriven> =>
  call<Redriven>(`${path}/redrive`, { method: 'POST', body: { ...which, reason } })
