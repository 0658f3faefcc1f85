import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import { groups } from '../../events/topics.ts'
import type { LetterRow } from '../../workers/projection/dead-letters/act.ts'
import type { LetterHead } from '../../workers/projection/dead-letters/queries.ts'
import { type DeadLetterActTable, letterStates } from '../../workers/projection/dead-letters/tables.ts'
import { time } from '../fields.ts'
import { dryRun } from './dry-run.ts'

export const groupField = z.enum(groups)
export const stateField = z.enum(letterStates)

export const letterSchema = z
  .object({
    id: z.string().openapi({ example: 'payment:3:1207', description: 'Group, partition, offset' }),
    group: groupField,
    topic: z.string(),
    partition: z.int(),
    offset: z.string(),
    orderId: z.string().nullable(),
    type: z.string().nullable(),
    eventId: z.string().nullable(),
    sequence: z.int().nullable(),
    attempts: z.int().openapi({ description: 'How often it was tried before it was given up, the last time' }),
    redrives: z.int().openapi({ description: 'How often it had been redriven when it failed last' }),
    cause: z.string().openapi({ example: 'ER_DUP_ENTRY' }),
    message: z.string(),
    firstSeen: time,
    failedAt: time,
    state: stateField,
  })
  .openapi('DeadLetter')

export const letterDocument = (row: LetterHead): z.infer<typeof letterSchema> => ({
  id: row.id,
  group: row.consumer_group,
  topic: row.topic,
  partition: row.partition_number,
  offset: String(row.message_offset),
  orderId: row.order_id,
  type: row.type,
  eventId: row.event_id,
  sequence: row.sequence,
  attempts: row.attempts,
  redrives: row.redrives,
  cause: row.cause,
  message: row.message,
  firstSeen: row.first_seen.toISOString(),
  failedAt: row.failed_at.toISOString(),
  state: row.state,
})

/** Bytes as text where they are text, else as base64. */
const bytes = z.union([z.object({ text: z.string() }), z.object({ base64: z.string() })])
const bytesDocument = (value: Buffer): z.infer<typeof bytes> => {
  const text = value.toString()
  return Buffer.from(text).equals(value) ? { text } : { base64: value.toString('base64') }
}

export const dryRunSchema = z.object({
  accepted: z.boolean().openapi({ description: 'Today’s parser takes it' }),
  problem: z.string().nullable(),
})

const act = z.object({
  kind: z.enum(['redriven', 'discarded']),
  by: z.object({ kind: z.string(), id: z.string() }),
  at: time,
  reason: z.string(),
  difference: z
    .array(z.object({ pointer: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }))
    .readonly()
    .nullable()
    .openapi({ description: 'What was edited, by JSON pointer' }),
  sentAt: time.nullable().openapi({ description: 'When Kafka had it' }),
})

export const wholeLetterSchema = letterSchema
  .extend({
    key: bytes.nullable(),
    headers: z.array(z.object({ name: z.string(), value: bytes })).readonly(),
    body: bytes.nullable(),
    dryRun: dryRunSchema,
    acts: z.array(act).readonly(),
  })
  .openapi('WholeDeadLetter')

export const wholeLetterDocument = (
  row: LetterRow,
  acts: readonly Selectable<DeadLetterActTable>[],
): z.infer<typeof wholeLetterSchema> => ({
  ...letterDocument(row),
  key: row.message_key && bytesDocument(row.message_key),
  headers: row.headers.map(([name, base64]) => ({ name, value: bytesDocument(Buffer.from(base64, 'base64')) })),
  body: row.body && bytesDocument(row.body),
  dryRun: dryRun(row),
  acts: acts.map(({ kind, by_kind, by_id, at, reason, difference, sent_at }) => ({
    kind,
    by: { kind: by_kind, id: by_id },
    at: at.toISOString(),
    reason,
    difference,
    sentAt: sent_at?.toISOString() ?? null,
  })),
})
