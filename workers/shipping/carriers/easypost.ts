import easyPostModule from '@easypost/api'
import type { Config } from '../../../platform/config.ts'
import type { Address } from '../addresses.ts'
import type { Booking, Carrier, Recall } from '../carrier.ts'
import { refusalOf, statusCodeOf } from './easypost-errors.ts'
import { type EasyPostTracker, easyPostTracking } from './easypost-tracking.ts'
import { parcelOf, recipientOf, senderOf } from './easypost-parcel.ts'

/** Its types describe another module format than the one that Node loads: there this is the client itself. */
const EasyPostClient = easyPostModule as unknown as typeof easyPostModule.default

/** The members that we read of EasyPost's Shipment; see https://docs.easypost.com/docs/shipments. */
type Shipment = {
  readonly id: string
  readonly tracking_code?: string | null
  readonly postage_label?: { readonly label_url?: string | null } | null
  readonly rates?: readonly { readonly id: string; readonly rate: string }[]
  readonly messages?: readonly { readonly message: string }[]
  readonly refund_status?: string | null
  readonly tracker?: EasyPostTracker | null
}

/**
 * EasyPost by its own package. Our key is the shipment's `reference`, by which it is found again: before anything is
 * created it is looked for, since EasyPost itself would take the same reference twice.
 * @throws where the settings it needs are missing.
 */
export function makeEasyPost(config: Config): Carrier {
  const from = senderOf(config)
  const parcel = parcelOf(config)
  const client = new EasyPostClient(config.EASYPOST_API_KEY, {
    ...(config.EASYPOST_API_URL !== '' && { baseUrl: config.EASYPOST_API_URL }),
    // the package's own limit is not applied to its calls
    requestMiddleware: (request: { timeout: (ms: number) => unknown }) =>
      request.timeout(config.PROVIDER_TIMEOUT_SECONDS * 1000),
  })

  async function find(key: string): Promise<Shipment | undefined> {
    try {
      return (await client.Shipment.retrieve(encodeURIComponent(key))) as unknown as Shipment
    } catch (error) {
      if (statusCodeOf(error) === 404) return undefined
      throw error
    }
  }

  async function create(key: string, to: Address): Promise<Shipment> {
    const wish = { reference: key, from_address: from, to_address: recipientOf(to), parcel }
    return (await client.Shipment.create(wish)) as unknown as Shipment
  }

  async function buyCheapest({ id, rates = [], messages = [] }: Shipment): Promise<Booking> {
    const cheapest = [...rates].toSorted((a, b) => Number(a.rate) - Number(b.rate))[0]
    if (cheapest === undefined) {
      const message = messages[0]?.message ?? 'No carrier offers to take this parcel there.'
      return { state: 'refused', code: 'no_rates', message }
    }
    const bought = (await client.Shipment.buy(id, cheapest.id)) as unknown as Shipment
    const booking = bookingOf(bought)
    if (booking === undefined) throw new Error('EasyPost sold a shipment without a tracking code')
    return booking
  }

  return {
    name: 'easypost',
    async book(key, to) {
      const known = await find(key)
      const booked = known && bookingOf(known)
      if (booked !== undefined) return booked
      try {
        return await buyCheapest(known ?? (await create(key, to)))
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal === undefined) throw error
        // an earlier call that was given up may have bought the label meanwhile
        const meanwhile = await find(key)
        return (meanwhile && bookingOf(meanwhile)) ?? refusal
      }
    },
    async lookUp(key) {
      const shipment = await find(key)
      return shipment && bookingOf(shipment)
    },
    handOver: () => Promise.resolve(), // the label is bought: whoever packs hands the parcel over
    async cancel(key) {
      const shipment = await find(key)
      if (shipment === undefined || bookingOf(shipment) === undefined) return { state: 'cancelled' }
      if (isRefunded(shipment)) return { state: 'cancelled' }
      const status = shipment.tracker ? easyPostTracking(shipment.tracker).status : 'booked'
      if (status !== 'booked') return refused(`already_${status}`, 'The parcel has left: its label can’t be refunded.')
      try {
        const asked = (await client.Shipment.refund(shipment.id)) as unknown as Shipment
        if (isRefunded(asked)) return { state: 'cancelled' }
        return refused('not_refunded', `The carrier said ${asked.refund_status ?? 'nothing'} to the refund.`)
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal === undefined) throw error
        return refused('not_refunded', refusal.message)
      }
    },
    async track(key) {
      const shipment = await find(key)
      return shipment?.tracker ? easyPostTracking(shipment.tracker) : undefined
    },
  }
}

/** A shipment is one that can leave only once its label was bought. */
function bookingOf({ tracking_code: trackingNumber, postage_label: label }: Shipment): Booking | undefined {
  if (!trackingNumber || !label) return undefined
  return { state: 'booked', trackingNumber, ...(label.label_url && { labelUrl: label.label_url }) }
}

/** Asked for is enough: carriers take up to 30 days, and the label is void from then on. */
const isRefunded = ({ refund_status: status }: Shipment): boolean => status === 'submitted' || status === 'refunded'

const refused = (code: string, message: string): Recall => ({ state: 'refused', code, message })
