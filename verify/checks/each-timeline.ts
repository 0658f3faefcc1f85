import type { Context } from '../context.ts'
import type { Finding, Result } from '../invariant.ts'
import { type Timeline, timelinePages } from '../timelines.ts'

/** A check that reads nothing but one timeline after the other. */
export const eachTimeline =
  (faultsOf: (timeline: Timeline) => readonly string[], repair: (id: string) => string) =>
  async (context: Context): Promise<Result> => {
    const findings: Finding[] = []
    let looked = 0
    for await (const page of timelinePages(context)) {
      looked += page.length
      for (const timeline of page) {
        const { id } = timeline.row
        const faults = faultsOf(timeline)
        if (faults.length === 0) continue
        findings.push({ subject: id, orderId: id, difference: faults.join('; '), repair: repair(id) })
      }
    }
    return { looked, findings }
  }
