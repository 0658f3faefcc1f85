import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** All files below a folder, relative to it. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

/**
 * Moves a finished build into place, each file at once: a process that starts meanwhile finds whole files. Shared
 * chunks go first, as entry points name them.
 */
export function moveIntoPlace(from: string, to: string): readonly string[] {
  const files = filesBelow(from)
  const chunksFirst = files.toSorted((a, b) => Number(b.startsWith('chunk-')) - Number(a.startsWith('chunk-')))
  for (const file of chunksFirst) {
    mkdirSync(dirname(join(to, file)), { recursive: true })
    renameSync(join(from, file), join(to, file))
  }
  return files
}
