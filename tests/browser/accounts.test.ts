import type { Browser, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { consoleErrors, hasBrowser, launch, look, registerSomebody, signInAs, visit } from './support.ts'

describe.skipIf(!hasBrowser)('accounts in a browser', () => {
  const url = inject('apiUrl')
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('registers, stays signed in over a reload, and signs out', async () => {
    const page = await visit(browser, url)
    await registerSomebody(page)
    await page.reload()
    await page.getByRole('button', { name: 'Account: Kim Example' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await page.goto('/orders')
    await page.waitForURL(/sign-in\?next=/)
    expect(consoleErrors(page)).toEqual([])
  })

  it('puts no token into storage, into the address, or within reach of scripts', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
    expect(stored).not.toMatch(/eyJ/)
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(page.url()).not.toMatch(/token/)
    const cookies = await page.context().cookies()
    expect(cookies.map(({ name, httpOnly, secure }) => ({ name, httpOnly, secure }))).toEqual([
      { name: '__Host-refresh', httpOnly: true, secure: true },
    ])
  })

  it('tells a wrong password and a password that everybody uses', async () => {
    const page = await visit(browser, url)
    await page.goto('/sign-in')
    await page.getByLabel('Email address').fill('customer@demo.test')
    await page.getByLabel(/^Password/).fill('wrong')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('Email address or password is wrong.').waitFor()
    await look(page, 'sign-in')
    await page.goto('/register')
    await page.getByLabel('Name').fill('Kim')
    await page.getByLabel('Email address').fill('not an address')
    await page.getByLabel(/^Password/).fill('password')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('Please check the marked fields.').waitFor()
    expect(await page.getByLabel('Email address').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel(/^Password/).getAttribute('aria-invalid')).toBe('true')
    await look(page, 'register')
  })

  it('lets several tabs renew their session at once', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const tabs = await Promise.all([1, 2, 3].map(() => page.context().newPage()))
    await Promise.all(tabs.map((tab) => tab.goto(`${url}/orders`)))
    for (const tab of [...tabs, page]) {
      await tab.reload()
      await tab.getByRole('button', { name: /^Account:/ }).waitFor()
    }
  })

  it('stays signed in when the page is left before its renewal is answered', async () => {
    const page = await visit(browser, url)
    await signInAs(page, 'Customer')
    const answered = new Promise<number>((resolve, reject) => {
      const lose = async (route: Route) => {
        const answer = await fetch(route.request().url(), {
          method: 'POST',
          headers: await route.request().allHeaders(),
        })
        resolve(answer.status)
      }
      void page.route('**/v1/auth/refresh', (route) => lose(route).catch(reject))
    })
    await page.reload({ waitUntil: 'commit' })
    expect(await answered).toBe(200)
    await page.unroute('**/v1/auth/refresh')
    await page.reload()
    await page.getByRole('button', { name: /^Account:/ }).waitFor()
  })

  it('is used by keyboard alone, beginning with the way past the menu', async () => {
    const page = await visit(browser, url)
    await page.getByRole('heading', { name: 'Classic mug' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
  })
})
