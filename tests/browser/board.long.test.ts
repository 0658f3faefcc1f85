import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../../stack/system.ts'
import { startOwnSystem } from '../support/own-system.ts'
import { newProduct, type Person, register, signInAdmin } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, look, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('the order board in a browser', () => {
  let system: System
  let browser: Browser
  let admin: Person
  let customer: Person
  let staff: Page
  const silent: string[] = []
  beforeAll(async () => {
    system = await startOwnSystem({
      RETRY_SECONDS: '1',
      RETRY_ATTEMPTS: '1',
      PROVIDER_TIMEOUT_SECONDS: '1',
      RETURN_APPROVED_UP_TO_MINOR: '0',
      PAYMENT_DEADLINE_SECONDS: '600',
    })
    admin = await signInAdmin(system.apiUrl)
    customer = await register(system.apiUrl)
    browser = await launch()
    staff = await visit(browser, system.apiUrl)
    await signInAs(staff, 'Staff')
  })
  afterAll(async () => {
    await browser?.close()
    await system?.stop()
  })

  const place = async (paymentMethod?: string): Promise<string> => {
    const sku = await newProduct(admin, 5, 2_490)
    const { body } = await customer.place({ sku, ...(paymentMethod !== undefined && { paymentMethod }) })
    return body.id
  }
  const views = (page: Page) => page.getByRole('navigation', { name: 'Views' })
  const row = (id: string) => staff.getByRole('listitem').filter({ hasText: id.slice(0, 8) })

  it('counts what wants a look as it happens, and keeps a filter of one’s own', async () => {
    await staff.goto('/staff/orders')
    await views(staff).getByRole('link', { name: 'Need attention 0' }).waitFor()
    // the page is told of these by the stream: it was opened before
    for (let n = 0; n < 3; n += 1) silent.push(await place('pm_sim_noAnswer'))
    const stuck = await place('pm_sim_captureFails')
    await place()
    await views(staff).getByRole('link', { name: 'Need attention 1' }).click()
    await row(stuck).getByText('Needs attention').waitFor()
    await staff.getByLabel('Waits for').selectOption('payment')
    await staff.getByText('No order matches').waitFor()
    await views(staff)
      .getByRole('link', { name: /^Waiting long/ })
      .click()
    await staff.getByLabel('Longer than').selectOption('0')
    await staff.getByLabel('Waits for').selectOption('payment')
    for (const id of silent) await row(id).getByText('Waits for: Payment, since').waitFor()
    await views(staff).getByRole('link', { name: 'Waiting long 3' }).waitFor()
    await staff.getByRole('button', { name: 'Keep this filter' }).click()
    await staff.getByLabel('Name of the filter').fill('Payment is late')
    await staff.getByRole('button', { name: 'Save' }).click()
    const kept = staff.getByRole('list', { name: 'My filters' })
    await kept.getByRole('link', { name: 'Payment is late' }).waitFor()
    await look(staff, 'board')
    await views(staff).getByRole('link', { name: 'All orders' }).click()
    await row(stuck).waitFor()
    await kept.getByRole('link', { name: 'Payment is late' }).click()
    await row(stuck).waitFor({ state: 'detached' })
    expect(new URL(staff.url()).search).toContain('waitingFor=payment')
    expect(consoleErrors(staff)).toEqual([])
  })

  it('shows what would happen to many, does it with a reason, and says what came of each', async () => {
    for (const id of silent.slice(0, 2)) await staff.getByLabel(`Choose order ${id.slice(0, 8)}`).check()
    await staff.getByText('2 chosen').waitFor()
    await staff.getByRole('button', { name: 'More time' }).click()
    const dialog = staff.getByRole('dialog')
    await dialog.getByText('2 can, 0 can’t. What would happen:').waitFor()
    await dialog.getByLabel('Reason').fill('The bank is slow today')
    await dialog.getByRole('button', { name: 'Give 2 more time' }).click()
    await dialog.getByText('2 done, 0 not.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await views(staff).getByRole('link', { name: 'All orders' }).click()
    await staff.getByRole('button', { name: 'Choose this page' }).click()
    await staff.getByText('5 chosen').waitFor()
    await staff.getByRole('button', { name: 'Cancel', exact: true }).click()
    await dialog.getByText('3 can, 2 can’t. What would happen:').waitFor()
    await dialog.getByText('Stock: Release the items, Payment: Void the authorization').first().waitFor()
    await look(staff, 'board-cancel')
    await dialog.getByRole('button', { name: 'Cancel 3' }).click()
    await dialog.getByText('Please fill in this field').waitFor()
    await dialog.getByLabel('Reason').fill('The bank does not answer')
    await dialog.getByRole('button', { name: 'Cancel 3' }).click()
    await dialog.getByText('3 done, 2 not.').waitFor()
    await look(staff, 'board-cancelled')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await staff.getByText('0 chosen').waitFor()
    for (const id of silent) await customer.until(id, 'cancelled')
    await row(silent[0] ?? '')
      .getByText('Cancelled')
      .waitFor()
    expect(consoleErrors(staff)).toEqual([])
  })

  it('pays money back once a second admin has agreed', async () => {
    const id = await place()
    await customer.until(id, 'delivered')
    await staff.goto(`/orders/${id}`)
    await staff.getByRole('button', { name: 'Pay money back' }).click()
    const dialog = staff.getByRole('dialog')
    await dialog.getByText('another admin has to agree first').waitFor()
    await dialog.getByLabel('Amount in EUR').fill('5')
    await dialog.getByLabel('Reason').fill('Late delivery')
    await look(staff, 'refund-form')
    await dialog.getByRole('button', { name: 'Pay money back' }).click()
    await staff.getByText('Another admin has to agree before').waitFor()
    const agree = async (page: Page) => {
      await page.getByRole('button', { name: 'Approve: Refund 1' }).click()
      await page.getByRole('dialog').getByText('€5.00 goes back to the customer').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    }
    await agree(staff)
    await staff.getByText('Another admin has to agree.').waitFor()

    const second = await visit(browser, system.apiUrl)
    await second.goto('/sign-in')
    await second.getByLabel('Email address').fill('admin2@demo.test')
    await second.getByLabel(/^Password/).fill('admin-demo-2')
    await second.getByRole('button', { name: 'Sign in', exact: true }).click()
    await second.getByRole('button', { name: /^Account:/ }).waitFor()
    await second.goto(`/orders/${id}`)
    await agree(second)
    await second.getByRole('listitem', { name: 'Refund 1' }).getByText('Completed').waitFor()
    expect(consoleErrors(second)).toEqual([])
  })
})
