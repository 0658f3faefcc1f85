import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../surroundings.ts'

/** What the front end consists of; it takes code of the client, and types from the rooms that it talks to. */
export const webParts = ['web', 'client', 'package-lock.json'] as const

/**
 * Builds the front end with hashed file names, ready to be served. For production, whoever asks: under a test runner
 * with its own NODE_ENV the page would get React's development build, twice the size and half as fast.
 */
export async function buildWeb(outDir: string): Promise<void> {
  const configFile = join(projectDir, 'web', 'vite.config.ts')
  if (!existsSync(configFile)) return
  const { build } = await import('vite')
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ configFile, mode: 'production', logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}
