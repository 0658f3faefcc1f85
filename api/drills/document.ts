import { z } from '@hono/zod-openapi'
import { drillNames, drillPhases, drillRates } from '../../platform/drill.ts'
import { time } from '../fields.ts'

const drill = z.enum(drillNames)
const rate = z.int().min(drillRates.least).max(drillRates.most)

const verdict = z.object({
  isAsExpected: z.boolean(),
  ends: z.array(z.object({ status: z.string(), count: z.int() })).readonly(),
  lost: z.int().openapi({ description: 'Accepted, and not over when all had come to rest' }),
  doubled: z.int(),
  wronglyEnded: z.int(),
  timedOut: z.int().openapi({ description: 'Rejected because a deadline passed meanwhile: late, and not wrong' }),
  invariantsHeld: z.boolean(),
  newFindings: z.int().openapi({ description: 'Findings of the check that were not there before the drill' }),
  faults: z.array(z.string()).readonly().openapi({ description: 'What must not be, in words; the first of them' }),
})

export const drillRunSchema = z
  .object({
    id: z.string(),
    drill,
    ordersPerSecond: rate,
    beganAt: time,
    endedAt: time.nullable(),
    phase: z.enum(drillPhases),
    orders: z.object({ placed: z.int(), ended: z.int(), open: z.int() }),
    betweenStepsOf: z
      .string()
      .nullable()
      .openapi({ description: 'The order between two of whose steps the fault struck, where the drill looks for one' }),
    struckAt: time.nullable(),
    recoveredAfterMs: z
      .int()
      .nullable()
      .openapi({ description: 'From the end of the fault until an order that was placed after it was confirmed' }),
    verdict: verdict
      .nullable()
      .openapi({ description: '`null` until it is over, and where it could not be carried out' }),
    failure: z.string().nullable().openapi({ description: 'Why it could not be carried out' }),
  })
  .openapi('DrillRun')

export const drillBoardSchema = z.object({
  rates: z
    .object({ least: z.int(), most: z.int() })
    .openapi({ description: 'How many orders per second may be asked for' }),
  drills: z
    .array(z.object({ name: drill, isPossible: z.boolean() }))
    .readonly()
    .openapi({ description: '`isPossible`: what it strikes runs here, and is not somebody else’s' }),
  current: drillRunSchema.nullable(),
  last: z.array(drillRunSchema).readonly().openapi({ description: 'Newest first, since the start' }),
})

export const newDrill = z
  .strictObject({ drill, ordersPerSecond: rate })
  .openapi('NewDrill', { example: { drill: 'killPayment', ordersPerSecond: 2 } })
