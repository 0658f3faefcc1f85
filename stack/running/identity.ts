import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A process, told apart from a later one that was given the same number. */
export type Identity = { readonly pid: number; readonly started: string }

/** The identity of a process that is alive now; a zombie is not. */
export function identityOf(pid: number): Identity | undefined {
  const started = existsSync('/proc/self/stat') ? startedByProc(pid) : startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

/** The number tells apart two that began within one tick, the start two that had one number. */
export const isSame = (one: Identity | undefined, other: Identity | undefined): boolean =>
  one?.pid === other?.pid && one?.started === other?.started

export const isAlive = (identity: Identity): boolean => isSame(identityOf(identity.pid), identity)

/** The identity as a file holds it; a file that is missing or half written holds none. */
export function readIdentity(file: string): Identity | undefined {
  const [pid, started] = (readIfThere(file) ?? '').trim().split('\n')
  return Number.isInteger(Number(pid)) && Number(pid) > 0 && started ? { pid: Number(pid), started } : undefined
}

export const identityText = (identity: Identity): string => `${identity.pid}\n${identity.started}\n`

/** proc(5): after the command in brackets come the state and, 19 fields on, the start in ticks since the boot. */
function startedByProc(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined || fields[0] === 'Z') return undefined
  return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${fields[19] ?? ''}`
}

function startedByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    // ps answers with an exit code of 1 when there is no such process
    return undefined
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // gone, before or while it was looked at: the same answer
    return undefined
  }
}
