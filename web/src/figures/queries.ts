import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Figures } from '../http/contract.ts'
import { call, query } from '../http/client.ts'

export const figuresQuery = (hours: number) =>
  queryOptions({
    queryKey: ['figures', hours] as const,
    queryFn: ({ signal }) => call<Figures>(`/v1/admin/figures${query({ hours })}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
