import { parseArgs } from 'node:util'
import { readConfig } from '../../../platform/config.ts'
import { makeLog } from '../../../platform/log.ts'
import { rebuild } from './rebuild.ts'

const usage = `projection:rebuild [-- --dry-run] [--from TIME] [--to TIME] [--json]

Folds the topic of orders into new tables, says where they differ from those that are read, and puts them in their
place. Reads go on meanwhile. TIME as 2026-11-22T00:00:00Z: only orders placed since, and before; of those, the rows
that differ are replaced.
  --dry-run  says what differs and changes nothing; ends with 1 if anything does
  --json     one line of JSON
`

/** Ends with 0 when the read model is what the topic says, 1 when a dry run found differences, 2 for a bad command. */
process.exit(await run(process.argv.slice(2))) // a timer of kafkajs outlives its consumer

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${usage}`)
    return 2
  }
  const config = readConfig()
  const rebuilt = await rebuild(config, makeLog({ LOG_LEVEL: 'warn' }, 'rebuild'), options)
  const { events, seconds, differences, refused } = rebuilt
  const perSecond = Math.round(events / Math.max(seconds, 0.001))
  if (options.json) process.stdout.write(`${JSON.stringify({ ...rebuilt, perSecond })}\n`)
  else {
    const lines = [
      `${events} events in ${seconds.toFixed(1)} s: ${perSecond} a second.`,
      ...differences.map(({ table, key, kind }) => `  ${kind}: ${table} ${key}`),
      ...refused.map((place) => `  left out, as it can't be folded: partition and offset ${place}`),
      conclusion(differences.length, options.dryRun),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  return options.dryRun && differences.length > 0 ? 1 : 0
}

function conclusion(count: number, dryRun: boolean): string {
  if (dryRun) return count === 0 ? 'No difference.' : `${count} differences; nothing was changed.`
  return count === 0 ? 'No difference; what is read now is the new one.' : `${count} differences; mended.`
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    const { values } = parseArgs({ args: [...args], options: { from: text, to: text, 'dry-run': flag, json: flag } })
    const [from, to] = [readTime(values.from), readTime(values.to)]
    return { from, to, dryRun: values['dry-run'], json: values.json }
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return error.message
    throw error
  }
}

function readTime(given: string | undefined): Date | undefined {
  if (given === undefined) return undefined
  const time = new Date(given)
  if (Number.isNaN(time.getTime())) throw new RangeError(`${given} is no time`)
  return time
}
