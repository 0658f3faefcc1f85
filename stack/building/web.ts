import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../surroundings.ts'

/** What the front end consists of; it takes types from the rooms that it talks to. */
export const webParts = ['web', 'package-lock.json'] as const

/** Builds the front end with hashed file names, ready to be served. */
export async function buildWeb(outDir: string): Promise<void> {
  const configFile = join(projectDir, 'web', 'vite.config.ts')
  if (!existsSync(configFile)) return
  const { build } = await import('vite')
  await build({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
}
