import { describe, expect, it } from 'vitest'
import { easyPostStatus, easyPostTracking } from './easypost-tracking.ts'

/** As in EasyPost's documentation of trackers, for its test code EZ4000000004. */
const tracker = {
  id: 'trk_1',
  object: 'Tracker',
  tracking_code: 'EZ4000000004',
  status: 'delivered',
  status_detail: 'arrived_at_destination',
  tracking_details: [
    {
      object: 'TrackingDetail',
      message: 'Pre-Shipment Info Sent to USPS',
      status: 'pre_transit',
      status_detail: 'status_update',
      datetime: '2026-01-02T13:28:54Z',
      tracking_location: { object: 'TrackingLocation', city: null, state: null, country: null, zip: null },
    },
    {
      object: 'TrackingDetail',
      message: 'Arrived at Post Office',
      status: 'in_transit',
      status_detail: 'arrived_at_facility',
      datetime: '2026-01-04T08:54:54Z',
      tracking_location: { object: 'TrackingLocation', city: 'CHARLESTON', state: 'SC', country: null, zip: '29407' },
    },
    {
      object: 'TrackingDetail',
      message: 'Delivered, In/At Mailbox',
      status: 'delivered',
      status_detail: 'arrived_at_destination',
      datetime: '2026-01-05T12:10:00Z',
      tracking_location: { object: 'TrackingLocation', city: 'CHARLESTON', state: 'SC', country: 'US', zip: '29407' },
    },
  ],
}

describe('an EasyPost tracker', () => {
  it('is told in our words, each scan an event with its place', () => {
    const { events, ...rest } = easyPostTracking(tracker)
    expect(rest).toEqual({ trackingNumber: 'EZ4000000004', status: 'delivered' })
    expect(events).toMatchObject([
      { status: 'booked', description: 'Pre-Shipment Info Sent to USPS' },
      { status: 'dispatched', location: 'CHARLESTON, SC', occurredAt: '2026-01-04T08:54:54.000Z' },
      { status: 'delivered', location: 'CHARLESTON, SC, US' },
    ])
    expect(events[0]).not.toHaveProperty('location')
  })

  it('gives a scan the same id every time, and no two the same', () => {
    const ids = () => easyPostTracking(tracker).events.map(({ id }) => id)
    expect(ids()).toEqual(ids())
    expect(new Set(ids()).size).toBe(3)
  })

  it.each([
    ['pre_transit', null, 'booked'],
    ['unknown', null, 'booked'],
    ['in_transit', null, 'dispatched'],
    ['out_for_delivery', null, 'dispatched'],
    ['available_for_pickup', null, 'dispatched'],
    ['delivered', null, 'delivered'],
    ['return_to_sender', 'return', 'returned'],
    ['failure', 'failure', 'failed'],
    ['error', null, 'failed'],
    ['cancelled', null, 'failed'],
    ['failure', 'lost', 'lost'],
    ['a_status_of_next_year', null, 'booked'],
  ])('that is %s (%s) is %s', (status, detail, ours) => expect(easyPostStatus(status, detail)).toBe(ours))
})
