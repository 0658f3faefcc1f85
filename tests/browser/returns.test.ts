import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { decide, openForm, returnsOf } from './return-acts.ts'
import {
  consoleErrors,
  fillCart,
  fillCheckout,
  hasBrowser,
  launch,
  look,
  placeOrder,
  registerSomebody,
  signInAs,
  visit,
} from './support.ts'

describe.skipIf(!hasBrowser)('returns in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('takes one of two back, puts it into stock and pays it back', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await fillCart(page, 'Classic mug', 'Gel pen 0.5')
    await page.goto('/cart')
    await page.getByLabel('Quantity of Classic mug').fill('2')
    await fillCheckout(page)
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    const dialog = await openForm(page)
    await dialog.getByRole('button', { name: 'Send goods back' }).click()
    await dialog.getByText('Choose at least one item').waitFor()
    await dialog.getByText('Please fill in this field').waitFor()
    await dialog.getByLabel('Classic mug: how many?').fill('1')
    await dialog.getByText('€12.90').waitFor()
    await look(page, 'return-form')
    await dialog.getByLabel('Reason').fill('The handle is broken')
    await dialog.getByRole('button', { name: 'Send goods back' }).click()
    // up to EUR 50.00 the demo's rule approves
    await returnsOf(page).getByText('Approved').waitFor()
    await page.getByText('Return 1: approved').waitFor()
    expect(await (await openForm(page)).getByText('1 of 2 can be sent back').count()).toBe(1)
    await page.keyboard.press('Escape')

    const staff = await visit(browser, url)
    await signInAs(staff, 'Staff')
    await staff.goto(new URL(page.url()).pathname)
    await returnsOf(staff).getByText('The handle is broken').waitFor()
    await look(staff, 'return-staff')
    await decide(staff, 'Goods received')
    for (const seen of [staff, page]) {
      await returnsOf(seen).getByText('Completed').waitFor()
      for (const mark of ['Restocked', 'Paid back']) await returnsOf(seen).getByText(mark, { exact: true }).waitFor()
      await seen.getByText('Return 1: completed').waitFor()
    }
    expect([...consoleErrors(page), ...consoleErrors(staff)]).toEqual([])
  })

  it('lets staff decide on what is above the sum, found on a page of its own', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await fillCart(page, 'Desk lamp')
    await fillCheckout(page)
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    const id = page.url().split('/').at(-1) ?? ''
    const dialog = await openForm(page)
    await dialog.getByLabel('Desk lamp: how many?').fill('1')
    await dialog.getByLabel('Reason').fill('Too bright')
    await dialog.getByRole('button', { name: 'Send goods back' }).click()
    await returnsOf(page).getByText('Waits for the shop to agree.').waitFor()

    const staff = await visit(browser, url)
    await signInAs(staff, 'Staff')
    await staff.getByRole('link', { name: 'Returns' }).click()
    await staff.getByLabel('Status').selectOption('requested')
    await staff.waitForURL(/staff\/returns\?status=requested/)
    await staff.reload()
    const row = staff.getByRole('listitem').filter({ hasText: id.slice(0, 8) })
    await row.getByText('1 × Desk lamp').waitFor()
    await look(staff, 'staff-returns')
    await row.getByRole('link').click()
    await staff.getByLabel('Note for the record (optional)').fill('It was used')
    await decide(staff, 'Decline')
    await returnsOf(staff).getByText('Declined').waitFor()
    await returnsOf(page).getByText('The shop did not agree to it.').waitFor()
    await page.getByText('Return 1: declined').waitFor()
    // what was declined can be sent back again
    await openForm(page)
    await page.getByText('1 of 1 can be sent back').waitFor()
  })

  it('pays money back without goods, and never more than was paid', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const id = await placeOrder(page)
    const staff = await visit(browser, url)
    await signInAs(staff, 'Staff')
    await staff.goto(`/orders/${id}`)
    await staff.getByRole('button', { name: 'Pay money back' }).click()
    const dialog = staff.getByRole('dialog')
    await dialog.getByLabel('Amount in EUR').fill('1000')
    await dialog.getByLabel('Reason').fill('Late delivery')
    await dialog.getByRole('button', { name: 'Pay money back' }).click()
    await dialog.getByText('more than was paid').waitFor()
    await dialog.getByLabel('Amount in EUR').fill('5')
    await dialog.getByRole('button', { name: 'Pay money back' }).click()
    const entry = staff.getByRole('listitem', { name: 'Refund 1' })
    await entry.getByText('Completed').waitFor()
    await entry.getByText('€5.00').waitFor()
  })
})
