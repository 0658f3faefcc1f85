import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, readConfig } from '../../platform/config.ts'
import type { System } from '../../stack/system.ts'
import { deadLettersFor } from '../support/dead-letters.ts'
import { startOwnSystem } from '../support/own-system.ts'
import { poisonPayment } from '../support/poison.ts'
import { newProduct, type Person, register, signInAdmin } from '../support/shop.ts'
import { emitUnreadable } from '../support/unreadable.ts'
import { consoleErrors, expectNoOverflow, hasBrowser, launch, look, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('operations in a browser', () => {
  let system: System
  let config: Config
  let browser: Browser
  let admin: Person
  let customer: Person
  let letters: ReturnType<typeof deadLettersFor>
  beforeAll(async () => {
    // an order may wait for its redrive as long as all that is looked at before takes
    system = await startOwnSystem({ STEP_DEADLINE_SECONDS: '900' })
    config = readConfig(system.env)
    admin = await signInAdmin(system.apiUrl)
    customer = await register(system.apiUrl)
    letters = deadLettersFor(admin)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await system?.stop()
  })

  async function staff(): Promise<Page> {
    const page = await visit(browser, system.apiUrl)
    await signInAs(page, 'Staff')
    return page
  }

  it('shows what payment can not process by its cause, and redrives it after a dry run', async () => {
    const sku = await newProduct(admin, 5)
    const heal = await poisonPayment(config, sku)
    const placed = [await customer.place({ sku }), await customer.place({ sku })].map(({ body }) => body.id)
    const [first = '', second = ''] = placed
    const found = await Promise.all(placed.map((id) => letters.letterOf(id, 'payment')))

    const page = await staff()
    await page.goto(`/orders/${first}`)
    await page.getByText('Dead letters that keep this order waiting').waitFor()
    await look(page, 'dead-letter-order')
    await page.getByRole('link', { name: 'Look at them' }).click()
    await page.waitForURL(new RegExp(`orderId=${first}`))
    await page.getByRole('checkbox', { name: `Choose ${found[0]?.id}` }).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(1)

    await page.getByRole('link', { name: 'Operations' }).click()
    await page.getByRole('link', { name: 'Show: ER_SIGNAL_EXCEPTION, payment' }).click()
    await page.waitForURL(/group=payment&cause=ER_SIGNAL_EXCEPTION/)
    await page.reload()
    await page.getByRole('checkbox', { name: `Choose ${found[1]?.id}` }).check()
    await page.getByText('1 chosen').waitFor()
    await look(page, 'dead-letters')

    await heal()
    await page.getByRole('button', { name: 'Redrive chosen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 would be sent again').waitFor()
    await dialog.getByRole('button', { name: 'Redrive 1' }).click()
    await dialog.getByText('Please fill in this field').waitFor()
    await dialog.getByLabel('Reason').fill('The trigger is gone')
    expect(await dialog.getByText('Please fill in this field').count()).toBe(0)
    await look(page, 'dead-letters-redrive')
    await dialog.getByRole('button', { name: 'Redrive 1' }).click()
    await page.getByText('1 dead letter is sent again').waitFor()
    await customer.until(second, 'delivered')
    expect(await letters.list(`orderId=${first}&state=open`)).toHaveLength(1)

    await page.getByRole('button', { name: 'Redrive all: ER_SIGNAL_EXCEPTION, payment' }).click()
    await dialog.getByText('1 would be sent again').waitFor()
    await dialog.getByLabel('Reason').fill('The trigger is gone')
    await dialog.getByRole('button', { name: 'Redrive 1' }).click()
    await customer.until(first, 'delivered')
    await page.getByText('No dead letter matches').waitFor()
    await page.getByLabel('State').selectOption('redriven')
    await page.waitForURL(/state=redriven/)
    await page
      .getByRole('listitem')
      .filter({ hasText: found[0]?.id ?? '' })
      .getByText('Redriven')
      .waitFor()
    expect(consoleErrors(page)).toEqual([])
  }, 180_000)

  it('shows a message that nobody understands, sends it edited once the difference was seen, or discards it', async () => {
    const sku = await newProduct(admin, 5)
    const { body: order } = await customer.place({ sku })
    await customer.until(order.id, 'delivered')
    const sequence = (await customer.timeline(order.id)).length + 1
    const data = { status: 'polished', actor: { kind: 'system', id: 'saga' } }
    await emitUnreadable(config, order.id, sequence, JSON.stringify(data))
    const letter = await letters.letterOf(order.id, 'projection')

    const page = await staff()
    await page.goto(`/staff/dead-letters?orderId=${order.id}`)
    await page.getByRole('link', { name: 'order.deadline_changed' }).click()
    await page.getByRole('heading', { name: `Dead letter ${letter.id}` }).waitFor()
    await page.getByText('Today’s parser refuses it').waitFor()
    await page.getByText('"status": "polished"').waitFor()
    await look(page, 'dead-letter')
    await page.getByRole('button', { name: 'As it was sent' }).click()
    await page.getByText(JSON.stringify(data)).waitFor()
    await page.getByRole('button', { name: 'Redrive', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('it would come right back').waitFor()
    expect(await dialog.getByRole('button', { name: 'Redrive' }).isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('button', { name: 'Edit and redrive' }).click()
    const send = dialog.getByRole('button', { name: 'Send edited' })
    await dialog.getByText('It is still the same').waitFor()
    expect(await send.isDisabled()).toBe(true)
    await dialog.getByLabel('Body').fill('{"status": ')
    await dialog.getByText('Has to be a JSON object').waitFor()
    await dialog.getByLabel('Reason').fill('A status that nobody has')
    await dialog.getByLabel('Body').fill(JSON.stringify({ ...data, status: 'shiny' }))
    await dialog.getByText('/status').waitFor()
    await send.click()
    await dialog.getByText('Is not taken by today’s parser').waitFor()
    await dialog.getByLabel('Body').fill(JSON.stringify({ ...data, status: 'delivered' }))
    await dialog.getByText('"delivered"').last().waitFor()
    await look(page, 'dead-letter-edit')
    await send.click()
    await page.getByText('It is sent again.').waitFor()
    const acts = page.getByRole('listitem').filter({ hasText: 'A status that nobody has' })
    await acts.getByText('/status').waitFor()
    await expect.poll(() => acts.getByText('Not sent yet').count(), { timeout: 30_000 }).toBe(0)
    await look(page, 'dead-letter-redriven')

    await expect.poll(async () => (await customer.timeline(order.id)).length, { timeout: 30_000 }).toBe(sequence)
    await emitUnreadable(config, order.id, sequence + 1, Buffer.from([0xff, 0xfe, 0x00, 0x80]))
    const openLetters = () => letters.list(`orderId=${order.id}&state=open`)
    await expect.poll(async () => (await openLetters()).length, { timeout: 30_000 }).toBe(1)
    await page.goto(`/staff/dead-letters/${(await openLetters())[0]?.id}`)
    await page.getByText('//4AgA==').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await dialog.getByText('that order’s view stays where it is').waitFor()
    await dialog.getByLabel('Reason').fill('Not ours')
    await look(page, 'dead-letter-discard')
    await dialog.getByRole('button', { name: 'Discard' }).click()
    await page.getByText('Not ours').waitFor()
    await page.getByRole('status').getByText('Discarded').waitFor()
    expect(await page.getByRole('button', { name: 'Redrive', exact: true }).count()).toBe(0)
    expect(consoleErrors(page)).toEqual([])
  }, 180_000)

  it('tells how the consumers are doing', async () => {
    const page = await staff()
    await page.goto('/staff/consumers')
    const group = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'payment' }) })
    await group.getByText('Running').waitFor()
    await look(page, 'consumers')
    await group.getByRole('link', { name: 'Dead letters of payment' }).click()
    await page.waitForURL(/dead-letters\?group=payment/)
    expect(consoleErrors(page)).toEqual([])
  }, 180_000)

  it('shows who did what, by what is in the address', async () => {
    // more than a page of them
    for (let n = 0; n < 21; n += 1) await customer.call('GET', '/v1/admin/audit')
    const page = await staff()
    await page.goto('/staff/audit')
    const line = page.getByRole('listitem').filter({ hasText: 'GET /v1/admin/audit' }).first()
    await line.getByText('GET /v1/admin/audit').click()
    await line.getByText('"status": 403').waitFor()
    await look(page, 'audit')
    await line.getByRole('link', { name: 'All of this actor' }).click()
    await page.waitForURL(new RegExp(`actorId=${customer.id}`))
    expect(await page.getByLabel('Actor’s id').inputValue()).toBe(customer.id)
    await page.getByLabel('Outcome').selectOption('failed')
    await page.getByText('No line matches').waitFor()
    await page.getByRole('link', { name: 'Show all' }).click()
    await page.getByRole('link', { name: 'Older' }).click()
    await page.waitForURL(/cursor=/)
    await page.getByRole('link', { name: 'Newest' }).waitFor()
    expect(consoleErrors(page)).toEqual([])
  }, 180_000)

  it('shows support staff all of it but what only admins may do', async () => {
    const { body: order } = await customer.place({ sku: await newProduct(admin, 5) })
    await customer.until(order.id, 'delivered')
    await emitUnreadable(config, order.id, (await customer.timeline(order.id)).length + 1, '{}')
    const letter = await letters.letterOf(order.id, 'projection')

    const page = await visit(browser, system.apiUrl)
    await signInAs(page, 'Support')
    await page.goto(`/staff/dead-letters?orderId=${order.id}`)
    await page.getByRole('link', { name: 'order.deadline_changed' }).waitFor()
    const tabs = page.getByRole('navigation', { name: 'Operations' })
    expect(await tabs.getByRole('link').allTextContents()).toEqual(['Dead letters', 'Consumers', 'Figures', 'Webhooks'])
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: /redrive|choose/i }).count()).toBe(0)
    await look(page, 'dead-letters-support')
    await page.getByRole('link', { name: 'order.deadline_changed' }).click()
    await page.getByRole('heading', { name: `Dead letter ${letter.id}` }).waitFor()
    await page.getByRole('heading', { name: 'What was done' }).waitFor()
    expect(await page.getByRole('button', { name: /redrive|discard/i }).count()).toBe(0)
    await page.goto('/staff/consumers')
    await page.getByRole('heading', { name: 'payment' }).waitFor()
    const operations = page.getByRole('link', { name: 'Operations' })
    expect(await operations.getAttribute('aria-current')).toBe('true')
    await page.goto('/staff/audit')
    await page.waitForURL((address) => address.pathname === '/')
    expect(consoleErrors(page)).toEqual([])
  }, 180_000)

  it('fits beside the other pages for staff in the narrowest header, and keeps customers out', async () => {
    const page = await staff()
    await page.goto('/staff/dead-letters')
    await page.setViewportSize({ width: 1200, height: 800 })
    await expectNoOverflow(page)
    const german = await visit(browser, system.apiUrl, { language: 'de-DE', width: 1200 })
    await german.goto('/sign-in')
    await german.getByRole('button', { name: 'Team', exact: true }).click()
    await german.waitForURL(/staff/)
    await german.goto('/staff/dead-letters?state=all')
    await german.getByRole('link', { name: 'Betrieb' }).waitFor()
    await german.getByRole('listitem').first().waitFor()
    await look(german, 'dead-letters-german')
    const visitor = await visit(browser, system.apiUrl)
    await signInAs(visitor, 'Customer')
    for (const path of ['/staff/dead-letters', '/staff/dead-letters/payment:0:1', '/staff/consumers', '/staff/audit']) {
      await visitor.goto(path)
      await visitor.waitForURL((address) => address.pathname === '/')
    }
  })
})
