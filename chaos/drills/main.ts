import { randomInt } from 'node:crypto'
import { readConfig } from '../../platform/config.ts'
import { listen } from '../../platform/http-server.ts'
import { announceReady, makeLog } from '../../platform/log.ts'
import { roles } from '../../stack/processes.ts'
import { makeBook } from './book.ts'
import { carryOut } from './carry-out.ts'
import { drills } from './drills.ts'
import { openGround } from './ground.ts'
import { makeServe } from './serve.ts'
import { findTargets } from './targets.ts'

const config = readConfig() // outside demo mode it refuses DRILLS_URL
const log = makeLog(config, 'drills')
if (config.DRILLS_URL === '') throw new Error('DRILLS_URL: is needed; npm start sets it in demo mode')

const system = findTargets(config.DATA_DIR, roles, ['database', 'kafka', 'temporal'])
// one before may have been ended in the middle of a drill
system.wakeAll()

const book = makeBook(async ({ drill, ordersPerSecond, token }, tell) => {
  log.info({ drill, ordersPerSecond }, 'a drill begins')
  const between = (betweenStepsOf: string): void => tell({ betweenStepsOf })
  const report = (line: string): void => log.info(line)
  const ground = await openGround({ config, system, token, seed: randomInt(2 ** 31), between, report })
  try {
    await carryOut(ground, drills[drill], ordersPerSecond, tell)
  } catch (error) {
    log.warn({ err: error, drill }, 'the drill could not be carried out')
    throw error
  } finally {
    system.wakeAll()
    // nothing that counts: the next drill sells them again
    await ground.leave().catch((error: unknown) => log.warn({ err: error }, 'the products of the drill are still sold'))
  }
})
const isPossible = (name: keyof typeof drills): boolean => {
  const { strikes } = drills[name]
  return strikes === undefined || system.has(strikes)
}
const serve = makeServe({ book, secret: config.DRILLS_TOKEN, isPossible })
const server = await listen(serve, { host: '127.0.0.1', port: Number(new URL(config.DRILLS_URL).port) })
announceReady('drills', { url: server.url })

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    system.wakeAll()
    process.exit(0)
  })
