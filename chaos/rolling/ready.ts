/** What a process says of itself: `broken` is one that works without something it depends on, or is too busy to say. */
export type Says = 'ready' | 'leaving' | 'broken' | 'nothing'

/**
 * Whom to send requests to. Where something that all depend on is away nobody is ready, and those that still answer are
 * better than none; one that leaves, or is not there, gets nothing in any case.
 */
export function usableOf(says: ReadonlyMap<string, Says>): readonly string[] {
  const saying = (wanted: Says) => [...says].filter(([, is]) => is === wanted).map(([url]) => url)
  const good = saying('ready')
  return good.length > 0 ? good : saying('broken')
}

export async function lookAt(url: string): Promise<Says> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) })
    const { status } = (await response.json()) as { readonly status: string }
    return response.ok ? 'ready' : status === 'leaving' ? 'leaving' : 'broken'
  } catch (error) {
    // busy is not gone: a request would wait, too, and be answered
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'broken' : 'nothing'
  }
}
