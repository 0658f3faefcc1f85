import { z } from 'zod'
import { easyPostTracking } from '../carriers/easypost-tracking.ts'
import type { TrackingNews } from '../carrier.ts'
import type { WebhookEvent } from './receive.ts'
import { printable } from './simulator-event.ts'

const text = z.string().nullish()

const anyEvent = z.object({ id: printable(120), description: z.string().max(64) })

/** The members that we read of EasyPost's Event about a tracker; see https://docs.easypost.com/docs/events. */
const trackerEvent = z.object({
  created_at: text,
  result: z.object({
    tracking_code: printable(64),
    status: z.string(),
    status_detail: text,
    tracking_details: z
      .array(
        z.object({
          message: text,
          status: z.string(),
          status_detail: text,
          datetime: z.string(),
          tracking_location: z.object({ city: text, state: text, country: text }).nullish(),
        }),
      )
      .max(1000)
      .nullish(),
  }),
})

const aboutTrackers: ReadonlySet<string> = new Set(['tracker.created', 'tracker.updated'])

/**
 * @returns undefined for events of other kinds, such as batches and refunds: they are said to all of an account's webhooks.
 * @throws ZodError
 */
export function readEasyPostEvent(body: unknown): WebhookEvent | undefined {
  const { id, description: type } = anyEvent.parse(body)
  if (!aboutTrackers.has(type)) return undefined
  const { result, created_at } = trackerEvent.parse(body)
  return { carrier: 'easypost', id, type, news: withOneEvent(id, easyPostTracking(result), created_at) }
}

/** Where the scans are not told, the news itself is what happened. */
function withOneEvent(id: string, news: TrackingNews, at: string | null | undefined): TrackingNews {
  if (news.events.length > 0) return news
  const time = Date.parse(at ?? '')
  const occurredAt = new Date(Number.isNaN(time) ? Date.now() : time).toISOString()
  return { ...news, events: [{ id, status: news.status, occurredAt }] }
}
