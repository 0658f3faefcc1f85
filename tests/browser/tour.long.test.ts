import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { consoleErrors, hasBrowser, launch, look, visit } from './support.ts'

describe.skipIf(!hasBrowser)('the tour in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  it('leads through the demo in a panel that keeps its place, by keyboard too', async () => {
    const page = await visit(browser, url)
    const open = page.getByRole('button', { name: 'Tour', exact: true })
    await open.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: 'Five-minute tour' })
    await panel.getByRole('heading').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Five-minute tour')
    await look(page, 'tour')
    await panel.getByRole('button', { name: 'Done, next' }).click()
    await panel.getByText('1 of 11').waitFor()
    await panel.getByRole('link', { name: 'Place an order' }).click()
    await page.waitForURL(/sign-in|checkout/)
    await page.reload()
    await panel.getByText('1 of 11').waitFor()
    await panel.getByRole('checkbox', { name: 'Done: Fill the cart' }).uncheck()
    await panel.getByText('0 of 11').waitFor()
    await panel.getByRole('heading').focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => panel.count()).toBe(0)
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Tour')
    await page.reload()
    await open.waitFor()
    expect(await panel.count()).toBe(0)
    expect(consoleErrors(page)).toEqual([])
  })
})
