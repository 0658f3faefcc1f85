import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSystem } from '../stack/system.ts'
import { launch } from '../tests/browser/chromium.ts'
import { printTable, rounded, spread } from './figures.ts'

/**
 * The shop's first load in a browser that was never there: bytes over the wire, first paint, and when a product can be
 * put into the cart. `npm run bench:web`
 */
const loads = 10
const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
const system = await startSystem({ logDir: dir, env: { DEMO: '1', LOG_LEVEL: 'warn' } })
const browser = await launch()

const measured = `(() => {
  const [page] = performance.getEntriesByType('navigation')
  const parts = [page, ...performance.getEntriesByType('resource')]
  const paint = performance.getEntriesByName('first-contentful-paint')[0]
  return { bytes: parts.reduce((sum, part) => sum + part.transferSize, 0), painted: paint?.startTime ?? 0 }
})()`

const runs: { readonly kilobytes: number; readonly painted: number; readonly usable: number }[] = []
for (let load = 0; load < loads; load += 1) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const begun = performance.now()
  await page.goto(system.apiUrl, { waitUntil: 'commit' })
  // a click waits until the button is there, stands still and takes clicks
  await page.getByRole('button', { name: 'Add to cart: Classic mug' }).click()
  await page.getByRole('link', { name: 'Cart: 1 item' }).waitFor()
  const usable = performance.now() - begun
  const { bytes, painted } = await page.evaluate<{ readonly bytes: number; readonly painted: number }>(measured)
  runs.push({ kilobytes: bytes / 1000, painted, usable })
  await context.close()
}
printTable(`First load, ${loads} times: median (least to most)`, [
  ['over the wire, kB', spread(runs.map(({ kilobytes }) => kilobytes))],
  ['first contentful paint, ms', spread(runs.map(({ painted }) => rounded(painted)))],
  ['product put into the cart, ms', spread(runs.map(({ usable }) => rounded(usable)))],
])
await browser.close()
await system.stop()
await rm(dir, { recursive: true, force: true })
