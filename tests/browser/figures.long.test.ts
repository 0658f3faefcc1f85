import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { Figures } from '../../api/figures/document.ts'
import { newProduct, type Person, register, signInAdmin } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, look, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('the figures in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  let admin: Person
  beforeAll(async () => {
    admin = await signInAdmin(url)
    const customer = await register(url)
    const sku = await newProduct(admin, 100)
    const methods = ['pm_card_visa', 'pm_card_visa', 'pm_card_visa', 'pm_card_visa_chargeDeclined']
    const placed = await Promise.all(methods.map((paymentMethod) => customer.place({ sku, paymentMethod })))
    await Promise.all(
      placed.map(({ body }, n) => customer.until(body.id, methods[n] === 'pm_card_visa' ? 'delivered' : 'rejected')),
    )
    await vi.waitFor(
      async () => {
        const { body } = await admin.call<Figures>('GET', '/v1/admin/figures')
        const wholeOf = (figure: string, name: string) =>
          body.series.find((one) => one.figure === figure && one.name === name)?.whole ?? 0
        expect(wholeOf('outcomes', 'delivered')).toBeGreaterThanOrEqual(3)
        expect(wholeOf('compensations', 'payment:card_declined')).toBeGreaterThanOrEqual(1)
        expect(wholeOf('confirmedAfter', 'p50')).toBeGreaterThan(0)
      },
      { timeout: 60_000, interval: 500 },
    )
    browser = await launch()
  })
  afterAll(() => browser?.close())

  it('are one of the pages for operations, and each bar leads to its orders', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Support')
    await page.goto('/staff/consumers')
    await page.getByRole('link', { name: 'Figures' }).click()
    const bars = page.locator('svg a[data-part]')
    await bars.first().waitFor()
    await page.getByText('As a table', { exact: true }).first().click()
    await look(page, 'figures')

    const titled = (await bars.last().locator('title').textContent()) ?? ''
    await bars.last().click()
    await page.waitForURL(/staff\/orders\?placedFrom=.*&placedTo=/)
    await page.getByText(/^Placed /).waitFor()
    const count = Math.min(20, Number(/: (\d+) order/.exec(titled)?.[1])) // of the first page
    await vi.waitFor(async () => expect(await page.locator('main a[href^="/orders/"]').count()).toBe(count))
    await look(page, 'figures-orders')
    await page.getByRole('link', { name: 'Drop these filters' }).click()
    await page.waitForURL((address) => address.search === '')
    expect(consoleErrors(page)).toEqual([])
  })

  it('lead from a reason to the orders that were undone because of it, in German too', async () => {
    const page = await visit(browser, url, { language: 'de-DE' })
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Service', exact: true }).click()
    await page.getByRole('button', { name: /^Konto:/ }).waitFor()
    await page.goto('/staff/figures')
    await page.getByText('24 Stunden').click()
    await page.waitForURL(/hours=24/)
    const undone = page.getByRole('region', { name: 'Warum sie rückgängig gemacht wurden' })
    await undone.getByRole('link', { name: /^Zahlung: / }).click()
    await page.waitForURL(/compensated=payment%3Acard_declined/)
    await page.getByText('Rückgängig gemacht wegen: Zahlung').waitFor()
    await page.locator('main a[href^="/orders/"]').first().waitFor()
    expect(consoleErrors(page)).toEqual([])
  })
})
