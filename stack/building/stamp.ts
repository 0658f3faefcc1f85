import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the last build was made from and what it left, kept beside it. */
export type Stamp = {
  readonly sources: string
  readonly workflows: string
  readonly web: string
  readonly files: readonly string[]
  /** Of the build before: processes that run from it may still load them. */
  readonly filesBefore: readonly string[]
}

const nothing: Stamp = { sources: '', workflows: '', web: '', files: [], filesBefore: [] }
const stampOf = (dist: string): string => join(dist, 'build.json')

/** The stamp of the build in place; one that cannot be read counts as no build. */
export function readStamp(dist: string): Stamp {
  if (!existsSync(stampOf(dist))) return nothing
  try {
    const value: unknown = JSON.parse(readFileSync(stampOf(dist), 'utf8'))
    return isStamp(value) ? value : nothing
  } catch {
    // cut short by a crash: building again makes it whole
    return nothing
  }
}

export function writeStamp(dist: string, stamp: Stamp): void {
  writeFileSync(stampOf(dist), `${JSON.stringify(stamp, undefined, 2)}\n`)
}

function isStamp(value: unknown): value is Stamp {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('sources' in value) ||
    !('workflows' in value) ||
    !('web' in value)
  )
    return false
  return 'files' in value && Array.isArray(value.files) && 'filesBefore' in value && Array.isArray(value.filesBefore)
}
