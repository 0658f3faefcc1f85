import type { Context } from '../context.ts'
import type { Result } from '../invariant.ts'
import { type Timeline, timelines } from '../timelines.ts'

/** A check that reads nothing but one timeline after the other. */
export const eachTimeline =
  (faultsOf: (timeline: Timeline) => readonly string[], repair: (id: string) => string) =>
  async (context: Context): Promise<Result> => {
    const findings = []
    let looked = 0
    for await (const timeline of timelines(context)) {
      looked += 1
      const { id } = timeline.row
      const faults = faultsOf(timeline)
      if (faults.length > 0)
        findings.push({ subject: id, orderId: id, difference: faults.join('; '), repair: repair(id) })
    }
    return { looked, findings }
  }
