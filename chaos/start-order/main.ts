import { parseArgs } from 'node:util'
import { openWorld } from '../world.ts'
import { startWithout } from './absent.ts'
import { lateTable } from './table.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const began = Date.now()
const print = (text: string): void => void process.stdout.write(`${text}\n`)
const report = (line: string): void => print(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`)

const world = await openWorld({ seed: 1, paymentDeadlineSeconds: 300, report })
try {
  const rows = []
  for (const absent of [['database'], ['kafka'], ['temporal'], ['database', 'kafka', 'temporal']] as const) {
    rows.push(await startWithout(world, absent, Number(values.seconds) * 1000))
    report(`started without ${absent.join(', ')}`)
  }
  print(`\n${lateTable(rows)}\n`)
} finally {
  await world.close()
}
process.exit(0)
