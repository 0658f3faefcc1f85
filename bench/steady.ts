import { type Bench, measure } from './context.ts'
import { printTable, quantile, quantiles, rounded } from './figures.ts'
import { type Shop, steadily } from './shop.ts'

export type SteadyFigures = {
  readonly acceptP99: number
  readonly confirmedP50: number
  readonly confirmedP99: number
  readonly cpuSecondsPer1000: number
}

/** Steady loads, one after the other. @returns by orders per second; times in ms. */
export async function steadyLoads(
  bench: Bench,
  shop: Shop,
  rates: readonly number[],
  seconds: number,
): Promise<Readonly<Record<string, SteadyFigures>>> {
  const rows: (readonly (string | number)[])[] = []
  const figures: Record<string, SteadyFigures> = {}
  for (const rate of rates) {
    const { journeys, overPerSecond, cpu } = await measure(bench, () => steadily(shop, rate, seconds))
    const accepted = journeys.map((one) => one.accepted)
    const confirmed = journeys.map((one) => one.confirmed)
    rows.push([`${rate}/s`, quantiles(accepted), quantiles(confirmed), rounded(overPerSecond, 1), rounded(cpu, 1)])
    figures[rate] = {
      acceptP99: rounded(quantile(accepted, 0.99)),
      confirmedP50: rounded(quantile(confirmed, 0.5)),
      confirmedP99: rounded(quantile(confirmed, 0.99)),
      cpuSecondsPer1000: rounded(cpu, 1),
    }
  }
  const head = ['rate', 'accepted', 'sent to confirmed', 'over/s', 'CPU s/1000']
  if (rows.length > 0) printTable(`Steady load for ${seconds} s; ms p50 / p95 / p99`, [head, ...rows])
  return figures
}
