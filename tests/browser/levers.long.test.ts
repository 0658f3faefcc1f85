import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../../stack/system.ts'
import { startOwnSystem } from '../support/own-system.ts'
import { newProduct, type Person, register, signInAdmin } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, look, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('what staff may do to an order, in a browser', () => {
  let system: System
  let browser: Browser
  let admin: Person
  let customer: Person
  let staff: Page
  beforeAll(async () => {
    system = await startOwnSystem({ RETRY_SECONDS: '1', RETRY_ATTEMPTS: '2', APPROVAL_ABOVE_MINOR: '50000' })
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

  const place = async (amountMinor: number, paymentMethod?: string): Promise<string> => {
    const sku = await newProduct(admin, 5, amountMinor)
    const { body } = await customer.place({ sku, ...(paymentMethod !== undefined && { paymentMethod }) })
    return body.id
  }

  /** What will happen is said first. */
  const confirm = async (page: Page, button: string, happens: string | RegExp) => {
    await page.getByRole('dialog').getByText(happens).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
  }

  it('approves an order above the limit, which then goes on', async () => {
    const id = await place(60_000)
    await staff.goto(`/orders/${id}`)
    await staff.getByText('This order is above the limit').waitFor()
    await staff.getByText('Waiting for: Approval (An admin decides)').waitFor()
    await staff.getByText(/^Waiting for an admin to decide on approval/).waitFor()
    await staff.getByLabel('Note for the record (optional)').fill('Known customer')
    await staff.getByRole('button', { name: 'Approve' }).click()
    await confirm(staff, 'Approve', /^The items are reserved and €600\.00 authorized at once/)
    await staff.getByText('Order approved').waitFor()
    await staff.getByText('Parcel delivered').waitFor()
    expect(await staff.getByText('This order is above the limit').count()).toBe(0)
  })

  it('gives a step more time, with a note, or none', async () => {
    const id = await place(1_000, 'pm_sim_noAnswer')
    await staff.goto(`/orders/${id}`)
    await staff.getByText(/^Payment: running, /).waitFor()
    const open = staff.getByRole('button', { name: 'Change the deadline: Payment (Authorize the total)' })
    await open.click()
    await staff.getByRole('button', { name: 'Let it pass now' }).click()
    await confirm(staff, 'Let it pass now', 'Payment counts as not answered.')
    await staff.getByText('Please fill in this field').waitFor()
    await staff.getByLabel('Note for the record').fill('The bank asked for it')
    await staff.getByRole('button', { name: 'More time' }).click()
    await staff.getByRole('menuitem', { name: '+1 hour' }).click()
    await confirm(staff, '+1 hour', /^Payment may take until/)
    await staff.getByText('Deadline changed: Payment').waitFor()
    await staff.getByText('Note: The bank asked for it').waitFor()
    // the event may be here before the answer, and only that closes the form
    await staff.getByRole('button', { name: 'Let it pass now' }).waitFor({ state: 'hidden' })
    await open.click()
    await look(staff, 'staff-deadline')
    await staff.getByLabel('Note for the record').fill('They won’t answer')
    await staff.getByRole('button', { name: 'Let it pass now' }).click()
    await confirm(staff, 'Let it pass now', /^The order fails.+ €10\.00 is not charged\.$/)
    await staff.getByText('Rejected: Payment').waitFor()
  })

  it('takes a capture as done by hand once a second admin agrees', async () => {
    const id = await place(1_000, 'pm_sim_captureFails')
    await staff.goto(`/orders/${id}`)
    await staff.getByText('Payment needs a decision').waitFor()
    await staff.getByText(/^Needs a person: payment could not capture/).waitFor()
    await staff.getByLabel('Note for the record').fill('Booked at the bank, ref. 4711')
    await staff.getByRole('button', { name: 'Done by hand' }).click()
    await look(staff, 'staff-confirm')
    await confirm(staff, 'Done by hand', 'It is about money: another admin has to agree before it counts.')
    await staff.getByText('Another admin has to agree.').waitFor()
    expect(await staff.getByRole('button', { name: 'Agree' }).count()).toBe(0)

    const second = await visit(browser, system.apiUrl)
    await second.goto('/sign-in')
    await second.getByLabel('Email address').fill('admin2@demo.test')
    await second.getByLabel(/^Password/).fill('admin-demo-2')
    await second.getByRole('button', { name: 'Sign in', exact: true }).click()
    await second.getByRole('button', { name: /^Account:/ }).waitFor()
    await second.goto(`/orders/${id}`)
    await second.getByText(/says that this was done by hand: Collect the money/).waitFor()
    await second.getByText('Note: Booked at the bank, ref. 4711').first().waitFor()
    await look(second, 'staff-levers')
    // what was agreed to meanwhile is refused, and the page says so
    await second.route('**/resolutions/1/approval', (route) =>
      route.continue({ url: route.request().url().replace('/1/', '/7/') }),
    )
    const agree = async () => {
      await second.getByRole('button', { name: 'Agree' }).click()
      await confirm(second, 'Agree', 'It is about €10.00.')
    }
    await agree()
    await second.getByText('There is nothing left to agree to').waitFor()
    await second.unroute('**/resolutions/1/approval')
    await agree()
    for (const page of [staff, second]) {
      await page.getByText('Parcel delivered').waitFor()
      await page.getByText('Accepted as done by hand: Payment').waitFor()
      await page.getByText('Payment needs a decision').waitFor({ state: 'detached' })
      expect(consoleErrors(page)).toEqual([])
    }
    await customer.until(id, 'delivered')
  })
})
