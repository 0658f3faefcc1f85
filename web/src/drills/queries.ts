import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { drillBoardSchema, drillRunSchema } from '../../../api/drills/document.ts'
import { isLost, isProblem } from '../http/problem.ts'
import { call } from '../http/client.ts'

export type DrillBoard = z.infer<typeof drillBoardSchema>
export type DrillRun = z.infer<typeof drillRunSchema>
export type DrillName = DrillRun['drill']
export type Verdict = NonNullable<DrillRun['verdict']>

/** Orders per second, until another load is chosen. */
export const usualRate = 3

export const drillsKey = ['drills'] as const

const path = '/v1/admin/drills'

/** Followed while one goes on. What it strikes may take the API away for a while: what was known stays. */
export const drillsQuery = queryOptions({
  queryKey: drillsKey,
  queryFn: ({ signal }) => call<DrillBoard>(path, { signal }),
  retry: (failures, error) => failures < 3 && (isLost(error) || !isProblem(error)),
  refetchInterval: ({ state }) => (state.data?.current ? 1_000 : 15_000),
})

export const beginDrill = (drill: DrillName, ordersPerSecond: number): Promise<DrillRun> =>
  call(path, { method: 'POST', body: { drill, ordersPerSecond } })
