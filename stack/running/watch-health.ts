export type HealthWatch = {
  /** Throws as long as it does not work. */
  readonly check: () => Promise<void>
  readonly everyMs: number
  /** So many failures one after the other. */
  readonly most: number
  readonly onSick: (failures: number) => void
}

/** For a server that runs and answers no more, which its supervisor does not see. @returns what ends it. */
export function watchHealth({ check, everyMs, most, onSick }: HealthWatch): () => void {
  let failures = 0
  let ended = false
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    failures = await check().then(
      () => 0,
      () => failures + 1, // why it fails is in its own log
    )
    if (ended) return
    if (failures >= most) {
      onSick(failures)
      failures = 0
    }
    plan()
  }
  function plan(): void {
    timer = setTimeout(() => void look(), everyMs).unref()
  }

  plan()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
