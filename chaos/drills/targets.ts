import { pidFileOf } from '../../stack/data-folder.ts'
import { signalGroup } from '../../stack/running/child.ts'
import { isAlive, isSame, readIdentity } from '../../stack/running/identity.ts'
import type { Role } from '../../stack/processes.ts'
import { fileNameOf, type ServerName } from '../../stack/server-plan.ts'
import type { Target } from '../faults/processes.ts'

export type Targets = {
  readonly process: (role: Role) => Target
  readonly server: (name: ServerName) => Target
  /** Whether it runs here, noted by whoever supervises it. */
  readonly has: (target: TargetName) => boolean
  /** Wakes whatever was left frozen. */
  readonly wakeAll: () => void
}
export type TargetName = { readonly role: Role } | { readonly server: ServerName }

/** The processes and servers of the stack that runs on a data folder, by what is noted there of them. */
export function findTargets(dataDir: string, roles: readonly Role[], servers: readonly ServerName[]): Targets {
  const running = (name: string) => {
    const noted = readIdentity(pidFileOf(dataDir, name))
    return noted !== undefined && isAlive(noted) ? noted : undefined
  }

  function target(name: string): Target {
    let known = running(name)
    let restarts = 0
    return {
      kill(signal) {
        const found = running(name)
        if (found === undefined) throw new Error(`${name} does not run here`)
        signalGroup(found.pid, signal)
      },
      restarts() {
        const now = running(name)
        if (now !== undefined && !isSame(now, known)) {
          known = now
          restarts += 1
        }
        return restarts
      },
    }
  }

  const nameOf = (one: TargetName): string => ('role' in one ? one.role : fileNameOf(one.server))
  return {
    process: target,
    server: (name) => target(fileNameOf(name)),
    has: (one) => running(nameOf(one)) !== undefined,
    wakeAll() {
      for (const name of [...roles, ...servers.map(fileNameOf)]) {
        const found = running(name)
        if (found !== undefined) signalGroup(found.pid, 'SIGCONT')
      }
    },
  }
}
