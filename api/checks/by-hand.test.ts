import { expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import { makeLog } from '../../platform/log.ts'
import type { IdentityTables } from '../identity/tables.ts'
import { makeByHand } from './by-hand.ts'

it('tells whoever asks that it could not be begun, and takes the next one', async () => {
  // nothing listens on port 1
  const config = readConfig({ DATABASE_URL: 'mysql://root@127.0.0.1:1' })
  const database = openDatabase<IdentityTables>(config, 'identity', 1)
  const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
  const running = { program: 'none', log, stopping: new AbortController().signal }
  const byHand = makeByHand(database, running, () => Promise.reject(new Error('never reached')))
  await expect(byHand.start()).rejects.toThrow()
  await expect(byHand.start()).rejects.toThrow()
  await byHand.over()
  await database.destroy()
})

it('begins none once the process ends', async () => {
  const config = readConfig({ DATABASE_URL: 'mysql://root@127.0.0.1:1' })
  const database = openDatabase<IdentityTables>(config, 'identity', 1)
  const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
  const byHand = makeByHand(database, { program: 'none', log, stopping: AbortSignal.abort() })
  expect(await byHand.start()).toBe(false)
  await database.destroy()
})
