import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cached } from '../../stack/obtaining/cached.ts'
import { findProgram, ServerNotFound } from '../../stack/obtaining/find.ts'
import { longStep } from '../../stack/obtaining/long-step.ts'
import { givenEnvironment, messageOf } from '../../stack/surroundings.ts'

const report = (line: string) => process.stdout.write(`${line}\n`)

/** From the PATH, else built with Go, once for all checkouts. @throws ServerNotFound with what to do. */
export async function obtainGoProgram(name: string, module: string): Promise<string> {
  const found = findProgram(name)
  if (found !== undefined) return found
  const go = findProgram('go')
  const ways = [`put ${name} on the PATH: go install ${module}`]
  return cached(join('bin', name), report, async (aside) => {
    if (go === undefined) throw new ServerNotFound(name, ['Go (go) is not on the PATH'], ways)
    const folder = join(dirname(aside), `${name}.built`)
    mkdirSync(folder, { recursive: true })
    try {
      const env = { ...givenEnvironment(), GOBIN: folder, CGO_ENABLED: '0' }
      await longStep({ what: `building ${module} with Go, once`, command: go, args: ['install', module], env, report })
      renameSync(join(folder, name), aside)
    } catch (error) {
      throw new ServerNotFound(name, [messageOf(error)], ways)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
