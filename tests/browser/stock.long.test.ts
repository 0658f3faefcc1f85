import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Person, register, signInAdmin } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, look, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('stock in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  let admin: Person
  beforeAll(async () => {
    admin = await signInAdmin(url)
    browser = await launch()
  })
  afterAll(() => browser?.close())

  it('imports a table of products, tells what is wrong by line, and shows who waits for what', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Staff')
    await page.goto('/staff/products')
    await page.getByRole('button', { name: 'Import CSV' }).click()
    const dialog = page.getByRole('dialog')
    const sku = `T-${Date.now()}`
    const table = (price: string) => `sku,name,price,currency,stock\n${sku},Table ${sku},${price},EUR,2\n`
    await dialog.getByLabel('Table').fill(table('twelve'))
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await dialog.getByText('Nothing was imported').waitFor()
    await dialog.getByText('Line 2:').waitFor()
    await look(page, 'import-faults')
    const file = { name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(table('12.90')) }
    await dialog.getByLabel('File').setInputFiles(file)
    await expect.poll(() => dialog.getByText('Nothing was imported').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('1 created, 0 changed, 0 unchanged.').waitFor()

    const customer = await register(url)
    const address = { name: 'Ada', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
    const order = {
      lines: [{ sku, quantity: 5, allowBackorder: true }],
      shippingAddress: address,
      paymentMethod: 'pm_card_visa',
    }
    const { body } = await customer.call<{ id: string }>('POST', '/v1/orders', order)
    await expect
      .poll(
        async () =>
          (await admin.call<{ items: unknown[] }>('GET', `/v1/admin/products/${sku}/backorders`)).body.items.length,
        { timeout: 30_000 },
      )
      .toBe(1)
    await page.reload()
    await page.getByRole('searchbox', { name: 'Search products' }).fill(sku)
    await page.getByRole('button', { name: `Who waits for Table ${sku}?` }).click()
    await dialog.getByRole('link', { name: body.id.slice(0, 8) }).waitFor()
    await look(page, 'stock-waiting')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Stock history: Table ${sku}` }).click()
    await dialog.getByText('import spring.csv').waitFor()
    await look(page, 'stock-ledger')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Adjust stock: Table ${sku}` }).click()
    await dialog.getByLabel(/^Change/).fill('10')
    await dialog.getByLabel(/^Reason/).fill('Delivery')
    await dialog.getByRole('button', { name: 'Adjust stock' }).click()
    await customer.until(body.id, 'delivered')
    expect(consoleErrors(page)).toEqual([])
  }, 180_000)
})
