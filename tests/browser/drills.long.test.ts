import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrillRun } from '../../platform/drill.ts'
import { pidFileOf } from '../../stack/data-folder.ts'
import { drillsEnvironment, drillsProcess } from '../../stack/drills.ts'
import { roles, type Supervised, superviseProcess } from '../../stack/processes.ts'
import type { System } from '../../stack/system.ts'
import { startOwnSystem } from '../support/own-system.ts'
import { type Person, signInAdmin } from '../support/shop.ts'
import { consoleErrors, hasBrowser, launch, look, signInAs, visit } from './support.ts'

const drillMs = 240_000
const told: string[] = []
let system: System
let drills: Supervised
let admin: Person
beforeAll(async () => {
  const env = await drillsEnvironment({ DEMO: '1' })
  // the deadlines of the demo are for a machine that does nothing else
  system = await startOwnSystem({ ...env, STEP_DEADLINE_SECONDS: '120' }, roles, { restart: true })
  const dataDir = system.env['DATA_DIR'] ?? ''
  const onLine = (_: string, line: string): number => told.push(line)
  const pidFile = pidFileOf(dataDir, drillsProcess.name)
  drills = superviseProcess({ ...drillsProcess, env: system.env, onLine, restart: true, pidFile })
  await drills.ready()
  admin = await signInAdmin(system.apiUrl)
})
afterAll(async () => {
  await drills?.stop()
  await system?.stop()
})

const ended = (drill: string) => async () => {
  const { body } = await admin.call<{ readonly last: readonly DrillRun[] }>('GET', '/v1/admin/drills')
  return body.last?.find((run) => run.drill === drill)
}

describe('a drill', () => {
  it(
    'sends events twice more, refuses a second drill meanwhile, and finds that all is well',
    async () => {
      const wish = { drill: 'duplicate', ordersPerSecond: 1 }
      const begun = await admin.call<DrillRun>('POST', '/v1/admin/drills', wish)
      expect(begun.status, told.join('\n')).toBe(202)
      const second = await admin.call('POST', '/v1/admin/drills', { ...wish, drill: 'poison' })
      expect(second).toMatchObject({ status: 409, body: { code: 'drill_under_way' } })
      const broker = await admin.call('POST', '/v1/admin/drills', { ...wish, drill: 'brokerDown' })
      // the broker is not this system's own
      expect(broker).toMatchObject({ status: 409, body: { code: 'drill_impossible' } })
      await expect.poll(ended('duplicate'), { timeout: drillMs, interval: 1_000 }).toBeDefined()
      const { body } = await admin.call<DrillRun>('GET', `/v1/admin/drills/${begun.body.id}`)
      expect(body.failure).toBeNull()
      expect(body.verdict).toMatchObject({ isAsExpected: true, faults: [], invariantsHeld: true, lost: 0, doubled: 0 })
      expect(body.orders.placed).toBeGreaterThan(3)
      expect(body.orders.open).toBe(0)
      // its products are gone from the shop
      const { body: shop } = await admin.call<{ items: readonly { sku: string }[] }>('GET', '/v1/products?limit=100')
      expect(shop.items.filter(({ sku }) => sku.startsWith('CHAOS-'))).toEqual([])
    },
    drillMs,
  )
})

describe.skipIf(!hasBrowser)('the drill board in a browser', () => {
  let browser: Browser
  let staff: Page
  beforeAll(async () => {
    browser = await launch()
    staff = await visit(browser, system.apiUrl)
    await signInAs(staff, 'Staff')
  })
  afterAll(() => browser?.close())

  it(
    'kills the payment worker between two steps, under the load that was set, and says what came of it',
    async () => {
      await staff.goto('/staff/checks')
      await staff.getByRole('link', { name: 'Drills' }).click()
      const load = staff.getByRole('slider', { name: 'Load' })
      await load.focus()
      await load.press('ArrowLeft')
      await staff.getByText('2 orders a second').first().waitFor()
      const restarts = system.process('payment').restarts()
      await staff.getByRole('button', { name: 'Begin: Payment worker killed' }).click()
      const now = staff.getByRole('region', { name: 'Latest drill' })
      await now.getByRole('status').getByText('Orders end').waitFor({ timeout: drillMs })
      await look(staff, 'drills-under-way')
      await now.getByText('Invariants held?').waitFor({ timeout: drillMs })
      await now.getByText('As expected').waitFor()
      await now.getByText('Struck between two steps of').waitFor()
      expect(system.process('payment').restarts()).toBe(restarts + 1)
      await look(staff, 'drills')
      await now.getByRole('link', { name: 'What was checked' }).click()
      await staff.getByText('Everything holds').waitFor()
      expect(consoleErrors(staff)).toEqual([])
    },
    drillMs,
  )

  it('is for admins, and speaks German', async () => {
    const support = await visit(browser, system.apiUrl)
    await signInAs(support, 'Support')
    await support.goto('/staff/consumers')
    await support.getByRole('link', { name: 'Figures' }).waitFor()
    expect(await support.getByRole('link', { name: 'Drills' }).count()).toBe(0)
    const german = await visit(browser, system.apiUrl, { language: 'de-DE', width: 390 })
    await german.goto('/sign-in')
    await german.getByRole('button', { name: 'Team', exact: true }).click()
    await german.getByRole('button', { name: /^Konto:/ }).waitFor()
    await german.goto('/staff/drills')
    await german.getByRole('button', { name: 'Beginnen: Gift' }).waitFor()
    await look(german, 'drills-de')
  })
})
