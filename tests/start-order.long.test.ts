import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWithout } from '../chaos/start-order/absent.ts'
import { openWorld, type World } from '../chaos/world.ts'
import type { ServerName } from '../stack/servers.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ seed: 1, paymentDeadlineSeconds: 300, report: () => undefined })
}, 300_000)
afterAll(() => world.close())

const absences: readonly { readonly absent: readonly ServerName[] }[] = [
  { absent: ['database'] },
  { absent: ['kafka'] },
  { absent: ['temporal'] },
  { absent: ['database', 'kafka', 'temporal'] },
]

describe('processes that start before their servers', () => {
  it.each(absences)(
    'wait for them, and work as soon as they come: $absent',
    async ({ absent }) => {
      expect(await startWithout(world, absent, 5_000)).toMatchObject({ restarts: 0 })
    },
    300_000,
  )
})
