import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isTaken } from './data-folder.ts'

const stackSchema = z.object({
  pid: z.number(),
  startedAt: z.string(),
  demo: z.boolean(),
  apiUrl: z.string(),
  /** Addresses under the names that the configuration reads. */
  env: z.record(z.string(), z.string()),
  pids: z.record(z.string(), z.number()),
})

/** The running stack, as other tools find it: `<data folder>/stack.json`. */
export type Stack = Readonly<z.infer<typeof stackSchema>>

const fileOf = (dataDir: string): string => join(dataDir, 'stack.json')

export function writeStackFile(dataDir: string, stack: Stack): void {
  const aside = `${fileOf(dataDir)}.new`
  writeFileSync(aside, `${JSON.stringify(stack, undefined, 2)}\n`)
  renameSync(aside, fileOf(dataDir))
}

/** The stack that runs on this data folder, if one does: a run that was killed leaves its file behind. */
export function readStackFile(dataDir: string): Stack | undefined {
  if (!existsSync(fileOf(dataDir)) || !isTaken(dataDir)) return undefined
  return stackSchema.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')))
}

export const removeStackFile = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true })
