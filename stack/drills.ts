import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { choosePorts } from './running/ports.ts'
import { projectDir, type Environment } from './surroundings.ts'

/** How the API and the process that does the drills find and trust each other; there is none outside demo mode. */
export async function drillsEnvironment(env: Environment): Promise<Environment> {
  if (env['DEMO'] !== '1') return {}
  const [port] = await choosePorts([undefined])
  return { DRILLS_URL: `http://127.0.0.1:${port}`, DRILLS_TOKEN: randomBytes(32).toString('base64url') }
}

/** Run from its sources, as it is no part of what is built: nothing that is deployed has it. */
export const drillsProcess = {
  name: 'drills',
  entry: join(projectDir, 'chaos', 'drills', 'main.ts'),
  nodeArgs: ['--import', 'tsx'],
} as const
