import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  consoleErrors,
  fillCart,
  fillCheckout,
  hasBrowser,
  launch,
  look,
  registerSomebody,
  signInAs,
  visit,
} from './support.ts'

describe.skipIf(!hasBrowser)('the shop in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('shows the catalogue, finds products, and keeps the search in the address', async () => {
    const page = await visit(browser, url)
    await page.getByRole('heading', { name: 'Classic mug' }).waitFor()
    await look(page, 'shop')
    await page.getByRole('searchbox').fill('mug')
    await page.waitForURL(/q=mug/)
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Classic mug', 'Enamel mug'])
    await page.reload()
    await page.getByText('2 products').waitFor()
    await page.getByRole('searchbox').fill('nothing like it')
    await page.getByText('No product matches').waitFor()
    expect(consoleErrors(page)).toEqual([])
  })

  it('keeps the cart over a reload, and needs a sign-in only to order', async () => {
    const page = await visit(browser, url)
    await fillCart(page, 'Classic mug', 'Desk lamp')
    await page.reload()
    await page.getByRole('link', { name: 'Cart: 2 items' }).click()
    await page.getByText('€91.90').waitFor()
    await look(page, 'cart')
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await page.waitForURL(/sign-in/)
    await page.getByRole('button', { name: 'Customer', exact: true }).click()
    await page.waitForURL(/checkout/)
    await page.getByText('€91.90').waitFor()
    await look(page, 'checkout')
  })

  it('shows the API’s errors beside their fields', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    await fillCart(page, 'Classic mug')
    await page.goto('/checkout')
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByText('Please check the marked fields.').waitFor()
    const city = page.getByLabel('City')
    expect(await city.getAttribute('aria-invalid')).toBe('true')
    const error = await city.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${error}"]`).textContent()).toBe('Please fill in this field')
    await look(page, 'checkout-errors')
  })

  it('makes one order of a double click', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await fillCart(page, 'Gel pen 0.5')
    await fillCheckout(page)
    await page.getByRole('button', { name: 'Place order' }).dblclick()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    await page.getByRole('link', { name: 'Cart: 0 items' }).waitFor()
    await page.goto('/orders')
    await page.getByText('1 × Gel pen 0.5').waitFor()
    expect(await page.getByRole('list', { name: 'Orders' }).getByRole('listitem').count()).toBe(1)
  })

  it('makes one order when the answer is lost and the form is sent again', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await fillCart(page, 'Gel pen 0.5')
    await fillCheckout(page)
    let lost = 0
    await page.route('**/v1/orders', async (route) => {
      if (route.request().method() !== 'POST' || lost >= 3) return route.fallback()
      lost += 1
      await route.fetch()
      return route.abort('connectionreset')
    })
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByText('No answer came').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    expect(lost).toBe(3)
    await page.goto('/orders')
    await page.getByText('1 × Gel pen 0.5').waitFor()
    expect(await page.getByRole('list', { name: 'Orders' }).getByRole('listitem').count()).toBe(1)
  })

  it('lets an order wait for what is short, line by line', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await fillCart(page, 'Zine, first printing', 'Gel pen 0.5')
    await page.goto('/cart')
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.getByLabel('Quantity of Zine').fill('9')
    await page.getByText('The order may be rejected.').waitFor()
    await page.getByRole('checkbox', { name: 'Wait for it if it is short: Zine, first printing' }).check()
    await page.getByText('The order waits until there is enough.').waitFor()
    await look(page, 'cart-backorder')
    await page.reload()
    expect(await page.getByRole('checkbox').isChecked()).toBe(true)
    await fillCheckout(page)
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    const lines = page.getByRole('listitem').filter({ hasText: 'may wait for stock' })
    await lines.getByText('Zine, first printing').waitFor()
    expect(await lines.count()).toBe(1)
    await page.locator('[data-node="payment/perform"]').getByText('Done').waitFor()
    await page.locator('[data-node="stock/perform"]').getByText('In progress').waitFor()
    // or the next test finds it waiting
    await page.getByRole('button', { name: 'Cancel order' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click()
    await page.getByText('It is cancelled.').waitFor()
  })

  it('speaks German, with amounts written as there', async () => {
    const page = await visit(browser, url, { language: 'de-DE' })
    await page.getByRole('heading', { name: 'Classic mug' }).waitFor()
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Classic mug' }) })
    expect(await card.getByText('12,90 €').count()).toBe(1)
    await page.getByRole('button', { name: 'Sprache und Darstellung' }).click()
    await look(page, 'settings-german')
    await page.getByLabel('Sprache', { exact: true }).selectOption('en')
    await page.getByRole('button', { name: 'Add to cart: Classic mug' }).waitFor()
  })
})
