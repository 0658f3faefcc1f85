import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { newProduct, orderRequest, type Person, register, signInAdmin } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, look, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('one order on one clock, in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  let staff: Page
  let admin: Person
  let customer: Person
  beforeAll(async () => {
    admin = await signInAdmin(url)
    customer = await register(url)
    browser = await launch()
    staff = await visit(browser, url)
    await signInAs(staff, 'Support')
  })
  afterAll(() => browser?.close())

  const rows = (page: Page) => page.getByRole('list', { name: 'What happened, first to last' }).getByRole('listitem')

  it('is reached from the order, says for whom it waits, and goes on by itself', async () => {
    const { lines, ...request } = orderRequest({ sku: await newProduct(admin, 0) })
    // it waits for goods, however slow the browser is
    const patient = { ...request, lines: lines.map((line) => ({ ...line, allowBackorder: true })) }
    const { body } = await customer.call<{ readonly id: string }>('POST', '/v1/orders', patient)
    await staff.goto(`/orders/${body.id}`)
    await staff.getByRole('link', { name: 'One clock' }).click()
    await staff.getByText(/^Waiting for Stock \(.+\) from group stock, which is \d+ behind, since .+\./).waitFor()
    expect(await staff.getByRole('link', { name: 'Open in Temporal' }).getAttribute('href')).toContain(body.id)
    await staff.getByText('order.payment_authorized', { exact: true }).waitFor()
    expect((await admin.call('POST', `/v1/orders/${body.id}/cancellation`, {})).status).toBe(202)
    await staff.getByText('order.cancelled', { exact: true }).waitFor()
    await staff.getByText('Workflow completed', { exact: true }).waitFor()
    await staff.getByText('POST /v1/orders/:id/cancellation by admin').waitFor()
    await look(staff, 'staff-clock-cancelled')
    expect(consoleErrors(staff)).toEqual([])
  })

  it('shows the sources that its address names, and everything that is known of a row', async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5) })
    await customer.until(body.id, 'delivered')
    await staff.goto(`/staff/orders/${body.id}/clock`)
    await staff.getByText('Workflow completed', { exact: true }).waitFor()
    const all = await rows(staff).count()
    await staff.getByLabel(/^Kafka event \(\d+\)$/).click()
    await staff.waitForURL(/[?&]sources=kafka/)
    await expect.poll(() => rows(staff).count()).toBeLessThan(all)
    for (const text of await rows(staff).allTextContents()) expect(text).toMatch(/partition \d+, offset \d+/)
    await rows(staff).first().getByText('Raw data').click()
    await staff.getByText('"type": "order.placed"').first().waitFor()
    await rows(staff).first().getByRole('button', { name: 'Copy' }).first().waitFor()
    await look(staff, 'staff-clock')
    // whoever is sent the address sees the same
    const count = await rows(staff).count()
    await staff.reload()
    await expect.poll(() => rows(staff).count()).toBe(count)
    await staff.getByLabel('Temporal’s bookkeeping too').check()
    await staff.getByLabel(/^Kafka event \(\d+\)$/).click()
    await staff.getByText('Workflow task completed').first().waitFor()
    expect(consoleErrors(staff)).toEqual([])
  })

  it('speaks German', async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5) })
    const german = await visit(browser, url, { language: 'de-DE', width: 390 })
    await german.goto('/sign-in')
    await german.getByRole('button', { name: 'Team', exact: true }).click()
    await german.getByRole('button', { name: /^Konto:/ }).waitFor()
    await german.goto(`/staff/orders/${body.id}/clock`)
    await german.getByRole('heading', { name: /: eine Uhr$/ }).waitFor()
    await german.getByText('Warum sie steht, wo sie steht').waitFor()
  })
})
