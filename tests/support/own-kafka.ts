import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { logDirOf } from '../../stack/data-folder.ts'
import { planKafka } from '../../stack/kafka/plan.ts'
import { choosePorts } from '../../stack/running/ports.ts'
import { ownServer, type Server } from '../../stack/server.ts'

/** A broker of its own, to be frozen and killed. */
export async function startOwnKafka(): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-kafka-'))
  mkdirSync(logDirOf(dataDir), { recursive: true })
  const report = (): void => undefined
  const plan = await planKafka({ dataDir, report })
  const server = ownServer(plan, await choosePorts(plan.ports.map(() => undefined)), {
    dataDir,
    report,
    restart: false,
  })
  await server.start()
  return {
    ...server,
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
