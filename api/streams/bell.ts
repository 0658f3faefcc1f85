/** Wakes one waiter; rung while nobody waits, the next wait is none. */
export function makeBell() {
  let isRung = false
  let wake: () => void = () => undefined
  return {
    ring: (): void => {
      isRung = true
      wake()
    },
    wait: async (ms: number): Promise<void> => {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isRung = false
      wake = () => undefined
    },
  }
}

export type Bell = ReturnType<typeof makeBell>
