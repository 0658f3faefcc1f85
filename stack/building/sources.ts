import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../surroundings.ts'

/** The rooms that are built for production. */
export const builtRooms = [
  'domain',
  'workflows',
  'activities',
  'events',
  'workers',
  'api',
  'platform',
  'verify',
] as const

/** Every file below these folders and these files themselves, tests left out, in a fixed order. */
export function sourceFiles(parts: readonly string[], root = projectDir): readonly string[] {
  return parts
    .flatMap((part) => {
      if (!existsSync(join(root, part))) return []
      const below = /\.\w+$/.test(part)
        ? undefined
        : readdirSync(join(root, part), { recursive: true, withFileTypes: true })
      return (
        below?.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) ?? [
          join(root, part),
        ]
      )
    })
    .filter((file) => !file.endsWith('.test.ts'))
    .toSorted()
}

/** Changes when any of these files changes, moves, comes or goes. */
export function hashOf(files: readonly string[], root = projectDir): string {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = readFileSync(file)
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
