/** What a process printed, made fit for a terminal. */
export type LogLine = { readonly text: string; readonly level: Level; readonly ready: boolean }

export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** pino's numbers. */
const levels: Readonly<Record<number, Level>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}
const order: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
/** Said by the prefix already, or the same for every line of a process. */
const omitted = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'role', 'service'])

const colours = [36, 33, 35, 32, 34, 95, 96, 93] as const
const levelColours: Readonly<Partial<Record<Level, number>>> = { warn: 33, error: 31, fatal: 31 }

export const atLeast = (level: Level, least: Level): boolean => order.indexOf(level) >= order.indexOf(least)

/**
 * Reads a line of pino's JSON; any other line (a crash, a warning of Node) is shown as it is, and as important. What
 * somebody sent us is in both, so nothing in them moves the cursor, begins a line or turns the text around.
 */
export function readLogLine(line: string): LogLine {
  const record = parse(line)
  if (record === undefined) return { text: visible(line), level: 'warn', ready: false }
  const level = levelOf(record['level'])
  const message = typeof record['msg'] === 'string' ? record['msg'] : ''
  const details = Object.entries(record).flatMap(([key, value]) => (omitted.has(key) ? [] : [`${key}=${plain(value)}`]))
  const text = [timeOf(record['time']), level.padEnd(5), message, ...details].filter((part) => part !== '').join(' ')
  return { text: visible(text), level, ready: message === 'ready' }
}

/** Control characters, those that are not seen, and other line ends, as JSON writes them. */
const visible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )

/** `stock   | 12:00:01 info  ready`, each process in a colour of its own where there are colours. */
export function prefixed(name: string, line: LogLine, names: readonly string[], colour: boolean): string {
  const width = Math.max(...names.map((other) => other.length), name.length)
  const prefix = `${name.padEnd(width)} |`
  if (!colour) return `${prefix} ${line.text}`
  const prefixColour = colours[Math.max(names.indexOf(name), 0) % colours.length] ?? colours[0]
  return `${paint(prefix, prefixColour)} ${paint(line.text, levelColours[line.level])}`
}

const paint = (text: string, code: number | undefined): string =>
  code === undefined ? text : `\u001b[${code}m${text}\u001b[0m`

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'level' in value ? { ...value } : undefined
  } catch {
    // looks like JSON and is not: shown as it is
    return undefined
  }
}

function levelOf(value: unknown): Level {
  if (typeof value === 'number') return levels[value] ?? 'info'
  return order.find((level) => level === value) ?? 'info'
}

/** The time of day, here. */
function timeOf(value: unknown): string {
  const time = typeof value === 'number' || typeof value === 'string' ? new Date(value) : undefined
  return time === undefined || Number.isNaN(time.getTime()) ? '' : time.toTimeString().slice(0, 8)
}

/** An error by its message alone: its stack is in the log file. */
function plain(value: unknown): string {
  if (typeof value === 'string') return /^[\w:./@+-]+$/.test(value) ? value : JSON.stringify(value)
  if (typeof value === 'object' && value !== null && 'message' in value && 'stack' in value)
    return JSON.stringify(value.message)
  return JSON.stringify(value) ?? ''
}
