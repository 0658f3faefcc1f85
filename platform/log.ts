import { pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

const secrets = ['authorization', 'Authorization', 'cookie', 'password', 'token', 'accessToken', 'refreshToken']
const moreSecrets = ['secret', 'clientSecret', 'client_secret', 'apiKey', 'privateKey', 'idToken']
/** A failed statement of the database has its values in it, addresses and hashes of passwords among them. */
const statements = ['sql', 'parameters']
/** What could not be read as a URL, whole: with its password. */
const unreadable = ['input']

/** JSON lines on stdout. What could be a secret, or personal, is cut out wherever it may turn up. */
export function makeLog(config: Pick<Config, 'LOG_LEVEL'>, name: string): Log {
  return pino({
    name,
    level: config.LOG_LEVEL,
    base: { name },
    redact: {
      paths: [...secrets, ...moreSecrets, ...statements, ...unreadable].flatMap((key) => [
        key,
        `*.${key}`,
        `*.*.${key}`,
      ]),
      censor: '(redacted)',
    },
  })
}

/** Whoever starts the processes waits for this line, so it is written whatever the level. */
export function announceReady(name: string, details: Readonly<Record<string, string>> = {}): void {
  process.stdout.write(`${JSON.stringify({ level: 30, time: Date.now(), name, ...details, msg: 'ready' })}\n`)
}
