import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startServers } from '../../stack/servers.ts'
import { startSystem } from '../../stack/system.ts'
import { secretsInLogs } from './log-secrets.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Addresses of the servers that all test files share. */
    serverEnv: Record<string, string>
    /** The system that runs on them, in demo mode with a fast carrier. */
    systemEnv: Record<string, string>
    apiUrl: string
    logDir: string
  }
}

/** Real servers, started once for the run: free ports, data that is thrown away. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-test-'))
  const report = (line: string) => process.stdout.write(`${line}\n`)
  const servers = await startServers({ dataDir: join(dir, 'data'), ports: 'free', report })
  const logDir = join(dir, 'logs')
  const system = await startSystem({
    servers,
    logDir,
    env: {
      DEMO: '1',
      PAYMENT_DEADLINE_SECONDS: '6',
      STEP_DEADLINE_SECONDS: '60',
      RETRY_SECONDS: '5',
      PROVIDER_TIMEOUT_SECONDS: '1',
      CARRIER_DISPATCH_DELAY_MS: '300',
      CARRIER_DELIVERY_DELAY_MS: '300',
    },
  })
  project.provide('serverEnv', { ...servers.env })
  project.provide('systemEnv', { ...system.env })
  project.provide('apiUrl', system.apiUrl)
  project.provide('logDir', logDir)
  return async () => {
    await system.stop()
    await servers.stop()
    const secrets = secretsInLogs(logDir)
    for (const one of secrets) report(`a secret in a log: ${one}`)
    if (secrets.length > 0) process.exitCode = 1 // what is thrown here is told and forgotten
    await rm(dir, { recursive: true, force: true })
  }
}
