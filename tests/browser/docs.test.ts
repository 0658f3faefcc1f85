import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { signIn } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, visit } from './support.ts'

const url = inject('apiUrl')

let browser: Browser
beforeAll(async () => {
  if (hasBrowser) browser = await launch()
})
afterAll(() => browser?.close())

const operation = (page: Page, method: string, path: string): Locator =>
  page.locator(`.opblock-${method}`, { has: page.locator(`[data-path="${path}"]`) })

/** Opens an operation and sends it as it stands. @returns the status and the body that the page shows. */
async function execute(page: Page, method: string, path: string) {
  const block = operation(page, method, path)
  await block.locator('.opblock-summary-control').click()
  await block.getByRole('button', { name: 'Execute' }).click()
  const live = block.locator('.live-responses-table .response').first()
  return {
    status: await live.locator('.response-col_status').innerText(),
    body: await live.locator('.highlight-code').first().innerText(),
  }
}

it.runIf(hasBrowser)('the documentation page signs in and sends its examples as they stand', async () => {
  const { token } = await signIn(url, 'customer@demo.test', 'customer-demo-1')
  const page = await visit(browser, url)
  await page.goto('/docs')
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  await page.locator('.auth-container input').fill(token)
  await page.locator('.auth-btn-wrapper button[type=submit]').click()
  await page.locator('.close-modal').click()

  const me = await execute(page, 'get', '/v1/me')
  expect(me.status).toMatch(/^200/)
  expect(me.body).toContain('customer@demo.test')

  const placed = await execute(page, 'post', '/v1/orders')
  expect(placed.status).toMatch(/^20[01]/)
  expect(placed.body).toContain('MUG-CLASSIC')
  expect(consoleErrors(page)).toEqual([])
  await page.context().close()
})
