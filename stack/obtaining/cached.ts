import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '../running/lock.ts'
import { cacheDir, type Report } from '../surroundings.ts'

/**
 * The file or folder of this name in the cache, made once. It is made aside, under a lock, and renamed when it is
 * whole: two runs at once fetch it once, and one that is killed leaves nothing half done in place.
 */
export async function cached(name: string, report: Report, make: (aside: string) => Promise<void>): Promise<string> {
  const place = join(cacheDir(), name)
  if (existsSync(place)) return place
  return withLock(`${place}.lock`, report, async () => {
    if (existsSync(place)) return place
    const aside = `${place}.new`
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(join(aside, '..'), { recursive: true })
    try {
      await make(aside)
      renameSync(aside, place)
    } finally {
      rmSync(aside, { recursive: true, force: true })
    }
    return place
  })
}
