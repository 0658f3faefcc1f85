/** What customers are told of an order, each once per event; `needsAction`: the order waits for them. */
export const orderKinds = [
  'placed',
  'confirmed',
  'dispatched',
  'delivered',
  'cancelled',
  'rejected',
  'needsAction',
] as const
export type OrderKind = (typeof orderKinds)[number]

export const kinds = [...orderKinds, 'campaign'] as const
export type Kind = (typeof kinds)[number]
