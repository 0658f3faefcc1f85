import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  consoleErrors,
  expectAccessible,
  expectNoOverflow,
  hasBrowser,
  launch,
  look,
  placeOrder,
  registerSomebody,
  signInAs,
  visit,
} from './support.ts'

describe.skipIf(!hasBrowser)('orders in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('follows an order to its delivery without a reload', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    await placeOrder(page)
    await page.getByText('Too late to cancel: the parcel has arrived.').waitFor()
    await page.getByText('Parcel delivered').waitFor()
    for (const step of ['stock/perform', 'payment/perform', 'shipping/perform', 'stock/commit', 'payment/capture']) {
      expect(await page.locator(`[data-node="${step}"]`).textContent()).toMatch(/Done\d/)
    }
    await page.getByText('Raw data').first().click()
    await page.getByText('"type": "order.delivered"').waitFor()
    await look(page, 'order-delivered')
    expect(consoleErrors(page)).toEqual([])
  })

  it('shows in reverse what is undone when no parcel can get there', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    await placeOrder(page, { country: 'ZZ' })
    await page.getByText('It was rejected; nothing to cancel.').waitFor()
    await page.locator('[data-node="stock/compensate"]').getByText('Undone').waitFor()
    await page.locator('[data-node="payment/compensate"]').getByText('Undone').waitFor()
    expect(await page.locator('[data-node="shipping/perform"]').textContent()).toContain('Refused')
    await page.getByText('Rejected: Shipping').waitFor()
    await look(page, 'order-undone')
  })

  it('cancels with a reason, and a second browser sees it happen', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const staff = await visit(browser, url, { width: 390 })
    await signInAs(staff, 'Staff')
    // last, as the provider's deadline runs from here on
    const id = await placeOrder(page, { method: 'Silent provider' })
    await staff.goto(`/orders/${id}`)
    await staff.locator('[data-node="payment/perform"]').getByText('In progress').waitFor()
    await expectNoOverflow(staff)
    await page.getByRole('button', { name: 'Cancel order' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason (optional)').fill('Changed my mind')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Cancel order' }).click()
    await page.getByText('It is cancelled.').waitFor()
    await staff.getByText('It is cancelled.').waitFor()
    await staff.getByText('Changed my mind').first().waitFor()
    await look(page, 'order-cancelled')
  })

  it('goes on without a gap after the network was cut', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const id = await placeOrder(page, { method: 'Silent provider' })
    const staff = await visit(browser, url)
    await signInAs(staff, 'Staff')
    await staff.goto(`/orders/${id}`)
    await page.locator('[data-connection="live"]').waitFor()
    await page.context().setOffline(true)
    await page.locator('[data-connection="reconnecting"],[data-connection="failing"]').first().waitFor()
    // the deadline of the silent provider passes meanwhile
    await staff.getByText('It was rejected; nothing to cancel.').waitFor()
    await page.context().setOffline(false)
    await page.getByText('It was rejected; nothing to cancel.').waitFor()
    await page.getByText('Order rejected').waitFor()
    const events = page.getByText('Timeline').locator('..').getByRole('listitem')
    await expect.poll(() => events.count()).toBeGreaterThanOrEqual(7)
    await page.getByText('Order placed').waitFor()
  })

  it('keeps filter and page of the list in the address', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await page.goto('/orders')
    await page.getByText('No orders yet').waitFor()
    await look(page, 'orders-empty')
    await placeOrder(page)
    await page.goto('/orders')
    await page.getByRole('link', { name: 'Cart: 0 items' }).waitFor() // though the order's page was left at once
    await page.getByText('1 × Classic mug and 1 more').waitFor()
    await look(page, 'orders')
    await page.getByLabel('Status').selectOption('rejected')
    await page.waitForURL(/status=rejected/)
    await page.reload()
    await page.getByText('No order matches').waitFor()
    await page.goBack()
    await page.getByText('1 × Classic mug and 1 more').waitFor()
  })

  it('says that there is nothing where an order is another customer’s', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const id = await placeOrder(page)
    const other = await visit(browser, url)
    await registerSomebody(other)
    await other.goto(`/orders/${id}`)
    await other.getByText('There is nothing here').waitFor()
  })
})
