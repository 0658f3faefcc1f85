import { z } from 'zod'

/** Findings kept of each invariant: more would be told by their cause. */
const most = 100

const finding = z.object({
  subject: z.string(),
  orderId: z.string().optional(),
  difference: z.string(),
  repair: z.string(),
})

/** As `verify --json` tells it. */
export const toldSchema = z.object({
  invariants: z.array(z.object({ name: z.string(), asks: z.string(), looked: z.int(), findings: z.array(finding) })),
})

/** As it is kept and answered: `count` may be more than the findings that are named. */
export const invariantSchema = z.object({
  name: z.string(),
  asks: z.string(),
  looked: z.int(),
  count: z.int(),
  findings: z.array(finding),
})
export type CheckedInvariant = z.infer<typeof invariantSchema>

export const keptSchema = z.object({ invariants: z.array(invariantSchema), message: z.string().optional() })
export type Kept = z.infer<typeof keptSchema>

export type Outcome = 'clean' | 'findings' | 'failed'

/** What the program's end means, by its exit code. */
export function readEnd(
  code: number,
  stdout: string,
  stderr: string,
): { readonly outcome: Outcome; readonly kept: Kept } {
  if (code !== 0 && code !== 1) return failed(stderr.trim() || `The check ended with ${code}.`)
  try {
    const { invariants } = toldSchema.parse(JSON.parse(stdout))
    const rows = invariants.map((row) => ({
      ...row,
      count: row.findings.length,
      findings: row.findings.slice(0, most),
    }))
    return { outcome: code === 0 ? 'clean' : 'findings', kept: { invariants: rows } }
  } catch (error) {
    return failed(`What the check said can't be read: ${String(error)}`)
  }
}

const failed = (message: string) => ({
  outcome: 'failed' as const,
  kept: { invariants: [], message: message.slice(0, 2_000) },
})
