/** What the projection makes of the topic, with the key of each table and, where a row changes, its version. */
export const foldedTables = [
  { name: 'orders', keys: ['id'], version: 'version' },
  { name: 'order_event', keys: ['order_id', 'sequence'] },
  { name: 'order_line', keys: ['sku', 'placed_at', 'order_id'] },
  { name: 'order_return', keys: ['order_id', 'number'], version: 'version' },
  { name: 'return_event', keys: ['order_id', 'sequence'] },
] as const satisfies readonly FoldedTable[]

export type FoldedTable = {
  readonly name: string
  readonly keys: readonly string[]
  readonly version?: string
}

/** Database names, as SQL has them: quoted where they are used. */
export type Schemas = { readonly live: string; readonly rebuilt: string }
