import type { Kysely } from 'kysely'
import type { AddressTables } from './address-book.ts'
import { findAddresses } from './address-book.ts'
import { type Campaign, findCampaigns } from './campaigns.ts'
import { type Claimed, settle } from './outbox.ts'
import { findPreferences, unchosen, wants } from './preferences.ts'
import type { NotificationTables } from './tables.ts'

/** A message that somebody wants, with where it goes. */
export type Addressed = Claimed & { readonly email: string; readonly campaign: Campaign | undefined }

type Needs = { readonly database: Kysely<NotificationTables>; readonly identity: Kysely<AddressTables> }

/**
 * Looks up who wants to be written to, and where, at the last moment: a choice counts from when it is made, and who is
 * erased is written to no more. The others' messages are over with that.
 */
export async function sortOut(
  { database, identity }: Needs,
  claimed: readonly Claimed[],
): Promise<readonly Addressed[]> {
  if (claimed.length === 0) return []
  const customers = claimed.map(({ customerId }) => customerId)
  const campaignIds = claimed.flatMap(({ campaignId }) => (campaignId === null ? [] : [campaignId]))
  const [choices, addresses, campaigns] = await Promise.all([
    findPreferences(database, customers),
    findAddresses(identity, customers),
    findCampaigns(database, campaignIds),
  ])
  const addressed: Addressed[] = []
  for (const one of claimed) {
    const to = addresses.get(one.customerId)
    const isWanted = wants(choices.get(one.customerId) ?? unchosen, one.kind)
    // who may not sign in any more still has a parcel coming, but is sent no news
    if (!isWanted || (one.kind === 'campaign' && to?.disabled)) await settle(database, one, 'unwanted')
    else if (to === undefined) await settle(database, one, 'failed', 'no account')
    else addressed.push({ ...one, email: to.email, campaign: campaigns.get(one.campaignId ?? '') })
  }
  return addressed
}
