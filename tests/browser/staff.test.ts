import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hasBrowser, launch, look, placeOrder, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('staff and scenarios in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('lists every customer’s orders with filters, and leads on to Temporal', async () => {
    const customer = await visit(browser, url)
    await signInAs(customer, 'Customer')
    const id = await placeOrder(customer)
    const page = await visit(browser, url)
    await signInAs(page, 'Staff')
    await page.waitForURL(/staff\/orders/)
    await page.getByText(id.slice(0, 8)).waitFor()
    await look(page, 'staff-orders')
    await page.getByLabel('Customer id').fill('nobody')
    await page.keyboard.press('Enter')
    await page.waitForURL(/customer=nobody/)
    await page.locator('[aria-invalid="true"]').waitFor()
    await page.goto(`/orders/${id}`)
    const link = page.getByRole('link', { name: 'Open in Temporal' })
    await link.waitFor()
    await page.getByText('Too late to cancel: the parcel has arrived.').waitFor()
    expect(await link.getAttribute('href')).toContain(`/workflows/${id}`)
    await look(page, 'staff-order')
    await page.getByRole('link', { name: 'All their orders' }).click()
    await page.getByText(id.slice(0, 8)).waitFor()
  })

  it('makes a product, puts it into stock and takes it out of the shop again', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Staff')
    await page.goto('/staff/products')
    await page.getByRole('button', { name: 'New product' }).click()
    const sku = `POSTER-${Date.now()}`
    const name = `Poster ${sku.slice(-4)}`
    await page.getByRole('dialog').getByLabel('SKU').fill(sku)
    await page.getByRole('dialog').getByLabel(/^Name/).fill(name)
    await page.getByLabel('Price in EUR').fill('12,9')
    await look(page, 'staff-product')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: `Adjust stock: ${name}` }).click()
    await page.getByLabel('Change').fill('-5')
    await page.getByLabel('Reason').fill('Counted again')
    await page.getByRole('dialog').getByRole('button', { name: 'Adjust stock' }).click()
    await page.getByText('That is more than is free').waitFor()
    await page.getByLabel('Change').fill('7')
    await page.getByRole('dialog').getByRole('button', { name: 'Adjust stock' }).click()
    await page.getByRole('listitem').filter({ hasText: sku }).getByText('Only 7 left').waitFor()
    await look(page, 'staff-products')
    await page.getByRole('button', { name: `Edit ${name}` }).click()
    await page.getByLabel('Archive').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: `Edit ${name}` }).waitFor({ state: 'detached' })
  })

  it('keeps customers out of staff pages', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    await page.goto('/staff/orders')
    await page.waitForURL((address) => address.pathname === '/')
  })

  it('runs scenarios that end as expected', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    await page.goto('/scenarios')
    const names = ['All goes well', 'Payment declined', 'Out of stock', 'Undeliverable address']
    for (const name of [...names, 'Silent payment provider', 'Cancelled mid-way']) {
      const card = page.getByRole('region', { name })
      await card.getByRole('button', { name: `Run: ${name}` }).click()
      await card.getByText('As expected').waitFor()
    }
    await look(page, 'scenarios')
  })
})
