/** A dependency's check by its name; it throws when the dependency doesn't work. */
export type Checks = Readonly<Record<string, () => Promise<void>>>

export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, 'ok' | 'error'>> }

/** Asks every dependency at once. One that has not answered after `timeoutMs` counts as broken. */
export async function readiness(
  checks: Checks,
  onError: (name: string, error: unknown) => void,
  timeoutMs = 2_000,
): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await limited(check(), timeoutMs)
        return [name, 'ok'] as const
      } catch (error) {
        onError(name, error)
        return [name, 'error'] as const
      }
    }),
  )
  return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) }
}

async function limited(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
