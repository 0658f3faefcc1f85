/** What is checked, in the order in which it is told: for a check that could look at none of it. */
export const checkNames = [
  'stock',
  'reservations',
  'ledger',
  'captures',
  'provider',
  'endings',
  'accepted',
  'workflows',
  'deadlines',
  'undone',
  'events',
  'paths',
  'projection',
  'lag',
  'dead letters',
] as const
