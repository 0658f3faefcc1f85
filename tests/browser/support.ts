import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { size } from '../support/size.ts'

export { hasBrowser, launch } from './chromium.ts'

const projectDir = join(import.meta.dirname, '..', '..')
export type Visitor = {
  readonly width?: number
  readonly language?: string
}

/** A browser of its own: own cookies, own storage. Everything it was told on its console is an error of the page. */
export async function visit(browser: Browser, url: string, visitor: Visitor = {}): Promise<Page> {
  const { width = 1440, language = 'en-GB' } = visitor
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    locale: language,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => consoleErrors(page).push(error.message))
  page.on('console', (message) => {
    // a refusal that the page handles is written to the console by the browser itself
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) consoleErrors(page).push(message.text())
  })
  await page.goto('/')
  return page
}

const errorsOf = new WeakMap<Page, string[]>()
/** What no page may have: bugs, and what the Content-Security-Policy blocked. */
export function consoleErrors(page: Page): string[] {
  const errors = errorsOf.get(page) ?? []
  errorsOf.set(page, errors)
  return errors
}

export async function signInAs(page: Page, who: 'Customer' | 'Support' | 'Staff'): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: who, exact: true }).click()
  await page.getByRole('button', { name: /^Account:/ }).waitFor()
}

/** A customer whom nobody knew before, so that tests don't see each other's orders. */
export async function registerSomebody(page: Page): Promise<string> {
  const email = `somebody-${Date.now()}-${Math.random().toString(36).slice(2)}@example.test`
  await page.goto('/register')
  await page.getByLabel('Name').fill('Kim Example')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel(/^Password/).fill('a-long-enough-secret')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: /^Account:/ }).waitFor()
  return email
}

export async function fillCart(page: Page, ...products: readonly string[]): Promise<void> {
  await page.goto('/')
  for (const name of products) await page.getByRole('button', { name: `Add to cart: ${name}` }).click()
}

export type Checkout = { readonly method?: string; readonly country?: string }

/** From a filled cart to the form, everything but the last click. */
export async function fillCheckout(page: Page, { method, country = 'DE' }: Checkout = {}): Promise<void> {
  await page.goto('/checkout')
  await page.getByLabel('Street and number').fill('Example Street 1')
  await page.getByLabel('Postal code').fill('10115')
  await page.getByLabel('City').fill('Berlin')
  await page.getByLabel('Country').selectOption(country)
  if (method !== undefined) await page.getByRole('radio', { name: method, exact: true }).check()
}

/** @returns the order's id; its page is open. */
export async function placeOrder(page: Page, checkout: Checkout = {}): Promise<string> {
  await fillCart(page, 'Classic mug', 'Gel pen 0.5')
  await fillCheckout(page, checkout)
  await page.getByRole('button', { name: 'Place order' }).click()
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
  return page.url().split('/').at(-1) ?? ''
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { readonly id: string; readonly help: string; readonly targets: readonly string[] }

/** Every rule of axe, best practices too. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource)
  const violations = await page.evaluate<readonly Violation[]>(`axe.run(document, { resultTypes: ['violations'] }).then(
    ({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map(({ target, any }) =>
      target.join(' ') + ' ' + any.map(({ message }) => message).join(' ')) })))`)
  expect(violations).toEqual([])
}

/** Nothing sticks out to the side, which on a phone makes the whole page wobble. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  // what listens to the window's width is drawn again a moment after it has changed
  await expect.poll(() => page.evaluate(beyond)).toBeLessThanOrEqual(0)
}

const phone = { width: 390, height: 844 }

const looks = [
  { colorScheme: 'light', narrow: false },
  { colorScheme: 'dark', narrow: true },
  { colorScheme: 'dark', narrow: false },
  { colorScheme: 'light', narrow: true },
] as const

/**
 * The page as it stands now, wide and light, on a phone and dark: no rule of axe broken, nothing beyond the edge. With
 * `SIZE=whole` or `SCREENSHOTS=FOLDER` the other way round too; with the latter there is a picture of each, for the
 * documentation and to be looked at.
 */
export async function look(page: Page, name: string): Promise<void> {
  const wide = page.viewportSize() ?? phone
  const whole = size(false, true) || process.env['SCREENSHOTS'] !== undefined
  for (const { colorScheme, narrow } of looks.slice(0, whole ? 4 : 2)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(narrow ? phone : wide)
    await expectNoOverflow(page)
    await expectAccessible(page)
    await screenshot(page, [name, narrow && 'phone', colorScheme === 'dark' && 'dark'])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(wide)
}

async function screenshot(page: Page, name: readonly (string | false)[]): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder === undefined) return
  const path = join(projectDir, folder, `${name.filter((part) => part !== false).join('-')}.png`)
  mkdirSync(dirname(path), { recursive: true })
  // a whole page is taken as it is scrolled, with the sticky header in the middle
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({ path, fullPage: true })
}
