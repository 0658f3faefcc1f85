import { z } from '@hono/zod-openapi'
import { time } from '../fields.ts'
import { sources, whys } from './item.ts'

const source = z.enum(sources)

const item = z
  .object({
    at: time,
    source: source.openapi({ description: '`attempt`: calls to the payment provider and the carrier' }),
    what: z.string().openapi({ example: 'participantAnswered: payment perform completed' }),
    ids: z.record(z.string(), z.string()).openapi({
      example: { topic: 'orders', partition: '3', offset: '1207' },
    }),
    minor: z.literal(true).optional().openapi({ description: 'Bookkeeping of Temporal, which says nothing else' }),
    raw: z.unknown().openapi({ description: 'Everything that is known of it' }),
  })
  .openapi('ClockItem')

export const clockSchema = z
  .object({
    headline: z.string().openapi({
      example: 'Waiting for payment (perform) from group payment, which is 3 behind, since 2026-01-31T09:30:00.000Z.',
    }),
    waitingFor: z
      .array(
        z.object({
          step: z.string(),
          action: z.string(),
          group: z.string().nullable().openapi({ description: 'null: a person is waited for' }),
          behind: z.int().nullable().openapi({ description: 'null while Kafka does not tell' }),
          processes: z.int().nullable(),
          since: time.nullable(),
          until: time.nullable(),
        }),
      )
      .readonly(),
    placedAt: time,
    temporalUrl: z.string().openapi({ description: 'The order in the Temporal Web UI' }),
    kafka: z.enum(['read', 'away', 'cut']).openapi({
      description: 'Whether each event has its place on the topic; `cut`: not all could be found in time',
    }),
    missing: z
      .array(z.object({ source: z.enum([...sources, 'headline']), why: z.enum(whys) }))
      .readonly()
      .openapi({ description: 'What can’t be told, and why; everything else is there' }),
    items: z.array(item).readonly().openapi({ description: 'By time' }),
  })
  .openapi('Clock')

export type ClockDocument = z.infer<typeof clockSchema>
