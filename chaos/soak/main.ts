import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { comeToRest, faultsIn } from '../run.ts'
import { openWorld } from '../world.ts'
import { age } from './age.ts'
import { growthTable, minuteLine, processTable } from './report.ts'
import { portsInARow, type Sample, takeSample } from './sample.ts'
import { startVisits } from './visitors.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    /** Orders per second; twice as many reads beside them. */
    rate: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    /** Seconds between two lines. */
    every: { type: 'string', default: '60' },
    /** Minutes for which rows are kept that have a retention; a sixth of it all if not said. */
    kept: { type: 'string' },
  },
})
const [minutes, rate] = [Number(values.minutes), Number(values.rate)]
const kept = Math.max(1, Math.round(Number(values.kept ?? minutes / 6)))
const began = Date.now()
const print = (text: string): void => void process.stdout.write(`${text}\n`)
const report = (line: string): void => print(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`)

/** The API keeps a connection for 65 s. */
const idleMs = 75_000

process.exit(await main())

/** @returns 0 where nothing was lost, doubled or wrong; 1 where something was. How much is too much growth, people judge. */
async function main(): Promise<number> {
  const env = { METRICS_PORT: String(await portsInARow()), INBOX_KEPT_MINUTES: String(kept) }
  const world = await openWorld({ seed: Number(values.seed), paymentDeadlineSeconds: 90, report, env })
  try {
    const endVisits = await startVisits(world, 2 * rate)
    const load = world.load.steadily({ ordersPerSecond: rate, isPatient: true })
    const since = Date.now()
    const samples: Sample[] = []
    const look = async (): Promise<void> => {
      await age(world.config, kept * 60_000)
      const sample = await takeSample(world, since)
      samples.push(sample)
      print(minuteLine(sample))
    }
    print('each process: memory MB/heap MB/handles/timers')
    for (let next = since; Date.now() < since + minutes * 60_000; next += Number(values.every) * 1000) {
      await pause(Math.max(0, next - Date.now()))
      await look()
    }
    await load.end()
    const visits = await endVisits()
    await look()
    const endedAt = Date.now()
    const result = await comeToRest(world, 300_000)
    // by then the clients' idle connections are closed: what is open still, was forgotten
    await pause(Math.max(0, endedAt + idleMs - Date.now()))
    print(`at rest: ${minuteLine(await takeSample(world, since))}`)
    print(`\n${processTable(samples)}\n`)
    print(`${growthTable('table, rows', samples, ({ rows }) => rows)}\n`)
    print(`${growthTable('topic, messages', samples, ({ messages }) => messages)}\n`)
    print(`${growthTable('disk, MB', samples, ({ disk }) => disk, 1)}\n`)
    const { reads, followed, logins, letters, webhooks, broken } = visits
    print(
      `${world.load.placed.length} orders, ${reads} reads, ${followed} followed, ${logins} logins, ${letters} letters, ${webhooks} webhooks`,
    )
    const faults = [...broken, ...faultsIn(result)]
    for (const one of faults) print(one)
    print(`verify: ${result.findings.length} findings`)
    return faults.length === 0 ? 0 : 1
  } finally {
    await world.close()
  }
}
