import { readdirSync, readFileSync } from 'node:fs'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, it } from 'vitest'
import { build } from '../stack/build.ts'

const folder = new URL('./histories/', import.meta.url)
const histories = readdirSync(folder).filter((name) => name.endsWith('.json'))
let code: string

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) })
  await build()
  code = readFileSync(new URL('../dist/workflow-bundle.js', import.meta.url), 'utf8')
})

async function replay(name: string, bundle: string): Promise<void> {
  const history: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  await Worker.runReplayHistory({ workflowBundle: { code: bundle } }, history)
}

describe('the workflow as it is now', () => {
  it.each(histories)('replays %s', async (name) => {
    await expect(replay(name, code)).resolves.toBeUndefined()
  })

  it('and broken on purpose does not: the test can fail', async () => {
    const broken = code.replaceAll('publishEvents', 'publishEventz')
    expect(broken).not.toBe(code)
    await expect(replay('delivered.json', broken)).rejects.toThrow(/[Nn]ondeterminism|activity/i)
  })
})
