/** What orders can be found by in the Temporal Web UI. */
export const searchAttributes = { OrderStatus: 'Keyword', CustomerId: 'Keyword', NeedsAttention: 'Bool' } as const
