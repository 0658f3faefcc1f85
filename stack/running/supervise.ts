import { nextDelay } from './back-off.ts'
import { endChild, type Child, type Exit } from './child.ts'

export type Supervision = {
  readonly pid: () => number | undefined
  readonly restarts: () => number
  /** How it last ended. */
  readonly lastExit: () => Exit | undefined
  /** Resolves with the running process: the one that runs already, or a new one once a dying one is gone. */
  readonly start: () => Promise<Child>
  /** Ends it for good, until `start` is called again. */
  readonly stop: () => Promise<void>
  readonly kill: (signal: NodeJS.Signals) => void
}

export type SuperviseOptions = {
  readonly spawn: () => Child
  /** Whether one that ends by itself is started again, with back-off. */
  readonly restart: boolean
  readonly graceMs: number
  /** Told of every end that nobody asked for, with the delay until the next start, if there is to be one. */
  readonly onExit: (exit: Exit, nextStartMs: number | undefined) => void
}

const deadly: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGABRT']

/** Keeps one process: knows whether it should run, and starts it again when it should and does not. */
export function supervise(options: SuperviseOptions): Supervision {
  let child: Child | undefined
  let dying = false
  let wanted = false
  let timer: NodeJS.Timeout | undefined
  let delayMs: number | undefined
  let restarts = 0
  let lastExit: Exit | undefined

  function spawn(): Child {
    const startedAt = Date.now()
    const current = options.spawn()
    child = current
    dying = false
    void current.exited.then((exit) => {
      if (child === current) child = undefined
      lastExit = exit
      if (wanted) afterExit(exit, Date.now() - startedAt)
    })
    return current
  }

  function afterExit(exit: Exit, livedMs: number): void {
    if (!options.restart) {
      wanted = false
      options.onExit(exit, undefined)
      return
    }
    delayMs = nextDelay(delayMs, livedMs)
    timer = setTimeout(() => {
      restarts += 1
      spawn()
    }, delayMs)
    options.onExit(exit, delayMs)
  }

  return {
    pid: () => child?.pid,
    restarts: () => restarts,
    lastExit: () => lastExit,
    start: async () => {
      if (child !== undefined && dying) await child.exited
      clearTimeout(timer)
      wanted = true
      return child ?? spawn()
    },
    stop: async () => {
      wanted = false
      clearTimeout(timer)
      if (child !== undefined) await endChild(child, options.graceMs)
    },
    kill: (signal) => {
      if (child === undefined) return
      if (deadly.includes(signal)) dying = true
      child.signal(signal)
    },
  }
}
