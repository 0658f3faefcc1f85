const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
export const isLoopback = (hostname: string): boolean => loopback.has(hostname)

/** Nobody on the way can read or change what comes from there: https, or this very machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
