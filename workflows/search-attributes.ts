import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'

/** Typed and registered at start; upserted only off the happy path and at the end, since each upsert costs. */
export const orderStatusKey = defineSearchAttributeKey('OrderStatus', SearchAttributeType.KEYWORD)
export const customerIdKey = defineSearchAttributeKey('CustomerId', SearchAttributeType.KEYWORD)
export const needsAttentionKey = defineSearchAttributeKey('NeedsAttention', SearchAttributeType.BOOL)
