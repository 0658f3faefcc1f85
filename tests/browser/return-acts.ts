import type { Locator, Page } from 'playwright-core'

/** On the page of an order that was delivered. */
export async function openForm(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Send goods back' }).click()
  return page.getByRole('dialog')
}

/** What staff decide is said before it happens. */
export async function decide(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: `${what}: Return 1` }).click()
  await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click()
}

export const returnsOf = (page: Page): Locator => page.getByRole('region', { name: 'Returns' })
