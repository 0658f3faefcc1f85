import type { Readable } from 'node:stream'

/**
 * Lines as a log has them: they end with a line feed, and with nothing else. Node's own reader also ends one at U+2028
 * and at a carriage return, which JSON lets stand: a text that somebody sent us would begin a line of its own in a log.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.replace(/\r$/, ''))
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest)
  })
}
