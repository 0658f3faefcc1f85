import { z } from 'zod'
import { orderKinds } from './kinds.ts'

const moneySchema = z.object({ amountMinor: z.int(), currency: z.string().length(3) })

const facts = z.object({
  total: moneySchema,
  lines: z.array(z.object({ name: z.string(), quantity: z.int(), lineTotal: moneySchema })).optional(),
  carrier: z.string().optional(),
  trackingNumber: z.string().optional(),
  /** Money that was held for the order and is free again. */
  released: z.boolean().optional(),
  /** Until when the customer can act. */
  until: z.iso.datetime().optional(),
  reason: z.string().optional(),
})
/** What a message about an order tells, and nothing about a person. */
export type Facts = z.infer<typeof facts>

/** When what it tells of happened; absent in what is on the lanes from before this was there. */
const at = z.iso.datetime().optional()

const ofOrder = z.object({
  /** The event's id: with `kind` it names the message, wherever it is met again. */
  source: z.string().max(80),
  kind: z.enum(orderKinds),
  at,
  orderId: z.uuid(),
  customerId: z.uuid(),
  facts,
})
const ofCampaign = z.object({
  /** `<campaign>:<customer>` */
  source: z.string().max(80),
  kind: z.literal('campaign'),
  at,
  campaignId: z.uuid(),
  customerId: z.uuid(),
})
export type OrderNotice = z.infer<typeof ofOrder>
export type CampaignNotice = z.infer<typeof ofCampaign>

/** A message to a customer on its lane. To which address it goes is looked up when it goes: no address on a topic. */
export type Notice = OrderNotice | CampaignNotice
const noticeSchema = z.discriminatedUnion('kind', [ofOrder, ofCampaign])

/** One customer's messages stay in order on their lane. */
export const toLane = (notice: Notice) => ({
  key: notice.customerId,
  value: JSON.stringify(notice),
  headers: { ce_id: `${notice.source}/${notice.kind}`, 'content-type': 'application/json' },
})

/** @throws where it is not one of ours. */
export const fromLane = (value: Buffer | null): Notice => noticeSchema.parse(JSON.parse(value?.toString() ?? 'null'))
