import type { Config } from '../../platform/config.ts'
import type { DrillBoard, DrillName, DrillRun } from '../../platform/drill.ts'
import { notFound, ProblemError, unavailable } from '../problem.ts'
import { drillBoardSchema, drillRunSchema } from './document.ts'

/** The process that does the drills. @throws when it does not answer. */
export type Drills = {
  readonly read: () => Promise<DrillBoard>
  readonly find: (id: string) => Promise<DrillRun>
  /** @param token of an admin, in whose name it acts where it needs one. */
  readonly begin: (drill: DrillName, ordersPerSecond: number, token: string) => Promise<DrillRun>
}

const patienceMs = 5_000

/** @returns undefined outside demo mode, whatever else is configured. */
export function makeDrills(config: Pick<Config, 'DEMO' | 'DRILLS_URL' | 'DRILLS_TOKEN'>): Drills | undefined {
  const { DEMO, DRILLS_URL: url, DRILLS_TOKEN: secret } = config
  if (!DEMO || url === '') return undefined

  async function ask(path: string, wish?: unknown): Promise<unknown> {
    const response = await fetch(`${url}${path}`, {
      method: wish === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(patienceMs),
      ...(wish !== undefined && { body: JSON.stringify(wish) }),
    }).catch(() => undefined) // it is started again, like every process
    if (response?.ok === true) return response.json()
    await response?.body?.cancel()
    throw refusals[response?.status ?? 0]?.() ?? unavailable('dependency_unavailable', 'No drills can be done for now.')
  }

  return {
    read: async () => drillBoardSchema.parse(await ask('/drills')),
    find: async (id) => drillRunSchema.parse(await ask(`/drills/${encodeURIComponent(id)}`)),
    begin: async (drill, ordersPerSecond, token) =>
      drillRunSchema.parse(await ask('/drills', { drill, ordersPerSecond, token })),
  }
}

const refusals: Readonly<Record<number, () => ProblemError>> = {
  404: () => notFound('drill'),
  409: () => new ProblemError('drill_under_way', 'One drill at a time: wait until the other is over.'),
  422: () => new ProblemError('drill_impossible', 'What it strikes does not run here.'),
}
