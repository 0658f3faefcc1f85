/**
 * For so long a client may take to send the head of a request, and all of it, counted from its first byte or from the
 * connection: one that sends a byte at a time must not hold a connection for ever. Looked at every `...Interval`.
 */
export const patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 }

export type Patience = Readonly<typeof patience>
