/** Whether an address is one of these pages, or below one. */
export const isIn = (pages: readonly { readonly to: string }[], path: string): boolean =>
  pages.some(({ to }) => `${path}/`.startsWith(`${to}/`))
