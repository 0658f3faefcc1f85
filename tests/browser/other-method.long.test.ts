import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnSystem } from '../support/own-system.ts'
import { decide, openForm, returnsOf } from './return-acts.ts'
import { consoleErrors, hasBrowser, launch, look, placeOrder, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('a shop in which payments fail', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('keeps a declined order for another payment method, and a refund that fails for staff', async () => {
    const own = await startOwnSystem({ PAYMENT_GRACE_SECONDS: '600', RETRY_ATTEMPTS: '1' })
    try {
      const page = await visit(browser, own.apiUrl)
      await signInAs(page, 'Customer')
      const id = await placeOrder(page, { method: 'Credit card, declined' })
      await page.getByText('Your card was declined. Choose another way to pay until').waitFor()
      await page.getByText('Waiting for: the customer (another payment method)').waitFor()
      await look(page, 'order-another-method')
      // one that the shop does not offer: what it pays can't be paid back
      await page.route('**/payment-method', (route) =>
        route.continue({ postData: JSON.stringify({ paymentMethod: 'pm_sim_refundFails' }) }),
      )
      await page.getByRole('button', { name: 'Pay this way' }).click()
      await page.getByText('Parcel delivered').waitFor()
      await page.getByText('Another payment method chosen').waitFor()
      const dialog = await openForm(page)
      await dialog.getByLabel('Gel pen 0.5: how many?').fill('1')
      await dialog.getByLabel('Reason').fill('It leaks')
      await dialog.getByRole('button', { name: 'Send goods back' }).click()

      const staff = await visit(browser, own.apiUrl)
      await signInAs(staff, 'Staff')
      await staff.goto(`/orders/${id}`)
      await decide(staff, 'Goods received')
      await returnsOf(staff).getByText('Needs attention').waitFor()
      await returnsOf(staff).getByText('Restocked', { exact: true }).waitFor()
      await returnsOf(staff).getByText('Not paid back yet').waitFor()
      await decide(staff, 'Try again')
      await returnsOf(staff).getByText('Please fill in this field').waitFor()
      await staff.getByLabel('Note for the record').fill('The bank was called')
      await decide(staff, 'Try again')
      await staff.getByText('Return 1: attention resolved (Pay the money back)').waitFor()
      expect([...consoleErrors(page), ...consoleErrors(staff)]).toEqual([])
    } finally {
      await own.stop()
    }
  }, 180_000)
})
