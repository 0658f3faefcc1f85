import { type Bench, measure, type Measured } from './context.ts'
import { printTable, quantiles, rounded, spread } from './figures.ts'
import { acceptance, inFlight, type Shop } from './shop.ts'
import type { Yardstick } from './yardstick/run.ts'

export type FullRun = Measured & { readonly bare: number; readonly bareCpu: number }

/**
 * As many as it can with so many orders in flight, each time beside the bare workflow with as many. `accepted/s` is by
 * itself: with so many requests in flight, and nobody who waits for what becomes of the orders.
 */
export async function fullLoads(
  bench: Bench,
  shop: Shop,
  yardstick: Yardstick,
  { lanes, orders, repeats }: { readonly lanes: readonly number[]; readonly orders: number; readonly repeats: number },
): Promise<readonly FullRun[]> {
  const all: FullRun[] = []
  const rows: (readonly (string | number)[])[] = []
  for (const count of lanes) {
    const runs: FullRun[] = []
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const measured = await measure(bench, () => inFlight(shop, count, orders))
      const { perSecond, cpuPer1000 } = await yardstick.run(count, orders)
      runs.push({ ...measured, bare: perSecond, bareCpu: cpuPer1000 })
    }
    all.push(...runs)
    rows.push([
      count,
      rounded(await acceptance(shop, count, orders), 1),
      spread(runs.map(({ confirmedPerSecond }) => confirmedPerSecond)),
      bench.until === 'delivered' ? spread(runs.map(({ overPerSecond }) => overPerSecond)) : '-',
      quantiles(runs.flatMap(({ journeys }) => journeys.map(({ confirmed }) => confirmed))),
      spread(runs.map(({ cpu }) => cpu)),
      spread(runs.map(({ bare }) => bare)),
      spread(runs.map(({ bareCpu }) => bareCpu)),
      spread(runs.map(ratioOf), 2),
    ])
  }
  const head = [
    'in flight',
    'accepted/s',
    'confirmed/s',
    'delivered/s',
    'confirmed ms',
    'CPU s/1000',
    'bare/s',
    'bare CPU',
    'ratio',
  ]
  if (rows.length > 0) printTable(`${orders} orders, ${repeats} times: median (least to most)`, [head, ...rows])
  return all
}

/** Confirmed orders per second to bare three-signal workflows per second, on the same server in the same minute. */
export const ratioOf = ({ confirmedPerSecond, bare }: FullRun): number => confirmedPerSecond / bare

/** All for one product against all over the shop: how much the one row they fight for costs. */
export async function hotProduct(bench: Bench, spreadOut: Shop, hot: Shop, orders: number): Promise<void> {
  const rows: (readonly (string | number)[])[] = []
  for (const [name, shop] of [
    ['six products', spreadOut],
    ['one product', hot],
  ] as const) {
    const run = await measure(bench, () => inFlight(shop, orders, orders))
    const times = quantiles(run.journeys.map(({ confirmed }) => confirmed))
    rows.push([name, spread([run.confirmedPerSecond]), times, spread([run.cpu])])
  }
  const head = ['', 'confirmed/s', 'confirmed ms p50/95/99', 'CPU s/1000']
  printTable(`${orders} orders at once`, [head, ...rows])
}
