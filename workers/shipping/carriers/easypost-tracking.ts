import { createHash } from 'node:crypto'
import type { Tracking, TrackingEvent, TrackingStatus } from '../carrier.ts'

/** The members that we read of EasyPost's Tracker; see https://docs.easypost.com/docs/trackers. */
export type EasyPostTracker = {
  readonly tracking_code: string
  readonly status: string
  readonly status_detail?: string | null | undefined
  readonly tracking_details?: readonly EasyPostTrackingDetail[] | null | undefined
}

export type EasyPostTrackingDetail = {
  readonly message?: string | null | undefined
  readonly status: string
  readonly status_detail?: string | null | undefined
  readonly datetime: string
  readonly tracking_location?: EasyPostLocation | null | undefined
}

type EasyPostLocation = {
  readonly city?: string | null | undefined
  readonly state?: string | null | undefined
  readonly country?: string | null | undefined
}

const statuses: ReadonlyMap<string, TrackingStatus> = new Map(
  Object.entries<TrackingStatus>({
    unknown: 'booked',
    pre_transit: 'booked',
    in_transit: 'dispatched',
    out_for_delivery: 'dispatched',
    available_for_pickup: 'dispatched',
    delivered: 'delivered',
    return_to_sender: 'returned',
    failure: 'failed',
    cancelled: 'failed',
    error: 'failed',
  }),
)

/** A status that EasyPost adds some day says nothing that we know, so it moves nothing. */
export const easyPostStatus = (status: string, detail?: string | null): TrackingStatus =>
  detail === 'lost' ? 'lost' : (statuses.get(status) ?? 'booked')

/** Each scan is an event of its own, under an id made from what it says: EasyPost sends all of them every time. */
export const easyPostTracking = (tracker: EasyPostTracker): Tracking => ({
  trackingNumber: tracker.tracking_code,
  status: easyPostStatus(tracker.status, tracker.status_detail),
  events: (tracker.tracking_details ?? []).filter(({ datetime }) => !Number.isNaN(Date.parse(datetime))).map(scan),
})

function scan({ message, status, status_detail, datetime, tracking_location }: EasyPostTrackingDetail): TrackingEvent {
  const location = [tracking_location?.city, tracking_location?.state, tracking_location?.country]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(', ')
  const said = JSON.stringify([datetime, status, message ?? '', location])
  return {
    id: `scan:${createHash('sha256').update(said).digest('base64url')}`,
    status: easyPostStatus(status, status_detail),
    occurredAt: new Date(datetime).toISOString(),
    ...(message && { description: message }),
    ...(location !== '' && { location }),
  }
}
