/** What the API says of products, for those who talk to it. */
export type { Level } from '../workers/stock/adjustments.ts'
export type { Product } from '../workers/stock/catalogue.ts'
export type { LedgerItem } from '../workers/stock/ledger.ts'
export type { QueuedLine } from '../workers/stock/waiting-list.ts'
export type { StockItem } from '../workers/stock/stock-list.ts'
