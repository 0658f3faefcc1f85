import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { openPool } from './database.ts'
import { poolsInUse } from './pools.ts'
import { processRegistry } from './registry.ts'

it('tells of the pools of each database as one, with the first look, until they are closed', async () => {
  const config = readConfig({ DATABASE_URL: 'mysql://nobody@127.0.0.1:1' }) // connects with the first query: never, here
  const pools = [openPool(config, 'orders_rebuilt', 3), openPool(config, 'orders_rebuilt', 4)]
  const pool = () => poolsInUse().find(({ name }) => name === 'orders_rebuilt')
  expect(pool()).toEqual({ name: 'orders_rebuilt', used: 0, idle: 0, limit: 7, waiting: 0 })
  const text = await processRegistry().metrics()
  expect(text).toContain('db_client_connection_max{pool="orders_rebuilt"} 7')
  expect(text).toContain('db_client_connection_count{pool="orders_rebuilt",state="used"} 0')
  await Promise.all(pools.map((each) => each.promise().end()))
  expect(pool()).toBeUndefined()
})
