import type { Kysely, Selectable } from 'kysely'
import type { Publisher } from '../../events/publisher.ts'
import { behind, type PageWanted } from '../../platform/behind.ts'
import type { Log } from '../../platform/log.ts'
import { startRepeating } from '../../platform/repeating.ts'
import { toLane } from './notice.ts'
import type { CampaignTable, NotificationTables } from './tables.ts'

type Database = Kysely<NotificationTables>

export type Campaign = {
  readonly id: string
  readonly subject: string
  readonly text: string
  readonly createdAt: Date
  /** Customers whose message is on the lane. */
  readonly queued: number
  readonly finishedAt: Date | null
}

type Wanted = Pick<Campaign, 'id' | 'subject' | 'text'> & { readonly createdBy: string }

/** @returns the campaign as it is now, and whether it is new: the same id is the same campaign. */
export async function createCampaign(database: Database, { id, subject, text, createdBy }: Wanted) {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('campaign')
    .ignore()
    .values({ id, subject, body_text: text, created_by: createdBy, created_at: new Date(), finished_at: null })
    .executeTakeFirstOrThrow()
  const campaign = await findCampaign(database, id)
  if (campaign === undefined) throw new Error(`campaign ${id} was stored and is not there`)
  return { isNew: numInsertedOrUpdatedRows === 1n, campaign }
}

export async function findCampaign(database: Database, id: string): Promise<Campaign | undefined> {
  return (await findCampaigns(database, [id])).get(id)
}

export async function findCampaigns(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Campaign>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('campaign')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, campaignOf(row)]))
}

/** Newest first. There are few, as a person writes each: no index is kept for it. */
export async function listCampaigns(database: Database, { before, limit }: PageWanted): Promise<readonly Campaign[]> {
  const rows = await database
    .selectFrom('campaign')
    .selectAll()
    .where(behind(before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(campaignOf)
}

const campaignOf = (row: Selectable<CampaignTable>): Campaign => ({
  id: row.id,
  subject: row.subject,
  text: row.body_text,
  createdAt: row.created_at,
  queued: row.queued,
  finishedAt: row.finished_at,
})

const page = 500

/**
 * Puts one page of a campaign's customers on the bulk lane. Two processes, or one that was killed before it noted how
 * far it is, put the same page there twice: whoever takes it off the lane knows them.
 * @returns false where no campaign waits.
 */
export async function queuePage(database: Database, bulk: Pick<Publisher, 'publish'>): Promise<boolean> {
  const campaign = await database
    .selectFrom('campaign')
    .select(['id', 'reached', 'created_at'])
    .where('finished_at', 'is', null)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (campaign === undefined) return false
  const { id, reached, created_at: createdAt } = campaign
  const customers = await database
    .selectFrom('preference')
    .select('customer_id')
    .where('campaigns', '=', 1)
    .where('customer_id', '>', reached)
    .orderBy('customer_id')
    .limit(page)
    .execute()
  const notices = customers.map(({ customer_id: customerId }) => ({
    source: `${id}:${customerId}`,
    kind: 'campaign' as const,
    at: createdAt.toISOString(),
    campaignId: id,
    customerId,
  }))
  if (notices.length > 0) await bulk.publish(notices.map(toLane))
  await database
    .updateTable('campaign')
    .set((eb) => ({
      reached: customers.at(-1)?.customer_id ?? reached,
      queued: eb('queued', '+', notices.length),
      ...(customers.length < page && { finished_at: new Date() }),
    }))
    .where('id', '=', id)
    .where('reached', '=', reached)
    .where('finished_at', 'is', null)
    .execute()
  return true
}

/** Looks for campaigns that are not on their lane yet, and puts them there. @returns what stops it. */
export const startCampaigns = (database: Database, bulk: Pick<Publisher, 'publish'>, log: Log): (() => Promise<void>) =>
  startRepeating({
    everyMs: 3_000,
    work: async () => ((await queuePage(database, bulk)) ? 0 : undefined),
    onFailure: (error) => log.warn({ err: error }, 'a campaign could not be put on its lane; trying again'),
  })
