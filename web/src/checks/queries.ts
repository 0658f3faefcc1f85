import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CheckedInvariant } from '../../../api/checks/result.ts'
import type { checksSchema } from '../../../api/routes/checks.ts'
import { call } from '../http/client.ts'

export type Checks = z.infer<typeof checksSchema>
export type CheckRun = NonNullable<Checks['last']>
export type Invariant = CheckedInvariant
export type Finding = Invariant['findings'][number]

export const checksKey = ['checks'] as const

const path = '/v1/admin/checks'

/** Followed while one is under way, and looked at now and then, as one may be started by itself. */
export const checksQuery = queryOptions({
  queryKey: checksKey,
  queryFn: ({ signal }) => call<Checks>(path, { signal }),
  refetchInterval: ({ state }) => (state.data?.underWay === true ? 1_000 : 15_000),
})

export const startCheck = (): Promise<{ readonly started: boolean }> => call(path, { method: 'POST' })
