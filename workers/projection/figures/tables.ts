import { shownDays } from './time.ts'

/**
 * - `status`: orders placed in that minute, by what they are now
 * - `reached`: those of them that came so far, by the type of the event that says so
 * - `undone`: those of them of which something was undone, by why
 * - `confirmed`: those of them that were confirmed, by bucket of the time it took
 * - `lag`, `letters`: a sample of that minute, by consumer group
 */
export const figureSeries = ['status', 'reached', 'undone', 'confirmed', 'lag', 'letters'] as const
export type FigureSeries = (typeof figureSeries)[number]

/** What is counted of orders, made anew from their rows and events at any time; samples are not. */
export const foldedSeries = ['status', 'reached', 'undone', 'confirmed'] as const satisfies readonly FigureSeries[]

/** A number per minute and name. A number of orders belongs to the minute in which they were placed, whatever came later. */
export type FigureTable = {
  minute: Date
  series: FigureSeries
  name: string
  value: number
}

/** Minutes whose orders changed: to be counted anew once they are ripe. */
export type FigureDueTable = {
  minute: Date
  /** 0: only what the orders are now changed, and none of how they came there. */
  whole: number
  /** By the clock of the database. A change that was written before this moment is counted after it. */
  ripe_at: Date
}

/** By the index of `orders` alone. */
export const minutesOfOrders = `SELECT DISTINCT
  TIMESTAMPADD(MINUTE, TIMESTAMPDIFF(MINUTE, '2000-01-01', placed_at), '2000-01-01') AS minute
  FROM orders FORCE INDEX (newest) WHERE placed_at >= UTC_TIMESTAMP(3) - INTERVAL ${shownDays} DAY`

export const figureTables = [
  `CREATE TABLE figure (
    minute DATETIME NOT NULL,
    series VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (minute, series, name)
  )`,
  `CREATE TABLE figure_due (
    minute DATETIME NOT NULL,
    whole TINYINT NOT NULL,
    ripe_at DATETIME(3) NOT NULL,
    PRIMARY KEY (minute, whole, ripe_at)
  )`,
  `INSERT IGNORE INTO figure_due (minute, whole, ripe_at)
    SELECT minute, 1, UTC_TIMESTAMP(3) FROM (${minutesOfOrders}) AS known`,
] as const
