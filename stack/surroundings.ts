import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { withSecretFiles } from '../platform/config.ts'

/** The checkout this code lies in, whatever the current folder is. */
export const projectDir = resolve(import.meta.dirname, '..')

export type Environment = Readonly<Record<string, string>>

/** The environment as it was given, without empty values: an empty address means "none given". */
export function givenEnvironment(): Environment {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
}

/** The same for processes of ours: secrets that were given as files (`DATABASE_URL_FILE`) are read. */
export const givenSettings = (): Environment => withSecretFiles(process.env)

/** Where servers that had to be fetched are kept, for all checkouts of one user. */
export function cacheDir(env: Environment = givenEnvironment()): string {
  return resolve(env['HOLDFAST_CACHE'] ?? join(homedir(), '.cache', 'holdfast'))
}

/** Where `npm start` keeps its data between runs. */
export function usualDataDir(env: Environment = givenEnvironment()): string {
  return resolve(projectDir, env['HOLDFAST_DATA'] ?? '.data')
}

/** Demo mode is what a first `npm start` should be; `DEMO=0` turns it off. */
export function isDemo(env: Environment = givenEnvironment()): boolean {
  return env['DEMO'] !== '0' && env['DEMO'] !== 'false'
}

export const isRoot = process.getuid?.() === 0

/** Takes one line of progress, without a line end. */
export type Report = (line: string) => void

export const seconds = (sinceMs: number): string => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
