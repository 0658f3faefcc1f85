/** What one process says of itself, by Prometheus's default metrics. */
export type ProcessReading = {
  readonly rssMb: number
  readonly heapMb: number
  /** Sockets, pipes and the like that are open. */
  readonly handles: number
  readonly timers: number
}

const mb = 2 ** 20

export function readProcess(text: string): ProcessReading {
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  const resources = [...text.matchAll(/^nodejs_active_resources\{type="(\w+)"\} (\S+)$/gm)]
  const timers = resources.filter(([, type = '']) => /^(Timeout|Immediate)$/.test(type))
  return {
    rssMb: value('process_resident_memory_bytes') / mb,
    heapMb: value('nodejs_heap_size_used_bytes') / mb,
    handles: value('nodejs_active_handles_total'),
    timers: timers.reduce((sum, [, , count]) => sum + Number(count), 0),
  }
}

/** Of each process by its name, from where it serves them. */
export async function readProcesses(urls: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, ProcessReading>> {
  const one = async ([name, url]: readonly [string, string]) => {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(20_000) })
    if (!response.ok) throw new Error(`The metrics of ${name}: ${response.status}`)
    return [name, readProcess(await response.text())] as const
  }
  return new Map(await Promise.all([...urls].map(one)))
}
