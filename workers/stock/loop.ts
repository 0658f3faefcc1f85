import type { Log } from '../../platform/log.ts'

export type Loop = {
  /** There may be something to do; asked many times at once, it is looked for once. */
  readonly wake: () => void
  /** Resolves when what is under way is done. */
  readonly stop: () => Promise<void>
}

type Options = {
  /** For the log: `the relay`. */
  readonly what: string
  /** How soon it is looked for what nobody told of. */
  readonly everyMs: number
  /** Between two looks at the least: what comes meanwhile is done together. */
  readonly restMs: number
  /** @returns whether there is more to do at once. What it throws is logged, and tried again. */
  readonly work: () => Promise<boolean>
  readonly log: Log
}

export function startLoop({ what, everyMs, restMs, work, log }: Options): Loop {
  let stopped = false
  let woken = false
  let ring: () => void = () => undefined

  const nap = (ms: number, untilWoken: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      ring = () => {
        if (!untilWoken && !stopped) return
        clearTimeout(timer)
        resolve()
      }
    })

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false
      const more = await work().catch((error: unknown) => {
        log.warn({ err: error }, `${what} failed; trying again`)
        return false
      })
      if (!stopped && restMs > 0) await nap(restMs, false)
      if (!stopped && !more && !woken) await nap(everyMs - restMs, true)
    }
  }

  const running = run()
  const wake = (): void => {
    woken = true
    ring()
  }
  return {
    wake,
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}
