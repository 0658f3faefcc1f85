/** Pages that the tour leads to; `temporal` is outside. */
export type Stop =
  | '/'
  | '/checkout'
  | '/orders'
  | '/scenarios'
  | '/staff/orders'
  | '/staff/dead-letters'
  | '/staff/figures'
  | '/staff/checks'
  | 'temporal'

export type TourStep = {
  readonly name: string
  readonly to: Stop
  /** Who has to be signed in to see it. */
  readonly as: 'anyone' | 'customer' | 'admin'
}

/** Five minutes, as `docs/tour.md` has it. */
export const tourSteps = [
  { name: 'shop', to: '/', as: 'anyone' },
  { name: 'order', to: '/checkout', as: 'customer' },
  { name: 'follow', to: '/orders', as: 'customer' },
  { name: 'decline', to: '/scenarios', as: 'customer' },
  { name: 'undone', to: '/orders', as: 'customer' },
  { name: 'staff', to: '/staff/orders', as: 'admin' },
  { name: 'clock', to: '/staff/orders', as: 'admin' },
  { name: 'letters', to: '/staff/dead-letters', as: 'admin' },
  { name: 'figures', to: '/staff/figures', as: 'admin' },
  { name: 'checks', to: '/staff/checks', as: 'admin' },
  { name: 'temporal', to: 'temporal', as: 'anyone' },
] as const satisfies readonly TourStep[]

export type StepName = (typeof tourSteps)[number]['name']
