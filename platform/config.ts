import { contradictions } from './settings/belong-together.ts'
import { readFiles } from './settings/by-file.ts'
import { environment, namesByFile, type Settings } from './settings/sections.ts'
import { wordingOf } from './settings/wording.ts'

/** Demo mode shortens what a visitor would wait for; anything set explicitly still wins. */
export const demoDefaults: Readonly<Record<string, string>> = {
  STEP_DEADLINE_SECONDS: '20',
  // a person decides
  APPROVAL_DEADLINE_SECONDS: '600',
  RETRY_SECONDS: '10',
  CARRIER_DISPATCH_DELAY_MS: '2000',
  CARRIER_DELIVERY_DELAY_MS: '4000',
  BACKORDER_DEADLINE_SECONDS: '600',
  DISPATCH_DEADLINE_SECONDS: '60',
  RETURN_APPROVED_UP_TO_MINOR: '5000',
  SIMULATOR_WEBHOOK_SECRET: 'demo-webhook-secret',
  WEBHOOK_PRIVATE_TARGETS: '1',
  WEBHOOK_PORTS: 'any',
}

/** What each is for is said in `settings/`, and from there in `docs/configuration.md`. */
export type Config = Settings & {
  /** Milliseconds until a step counts as timed out, by step name, from `<STEP>_DEADLINE_SECONDS`. */
  readonly stepDeadlines: Readonly<Record<string, number>>
}

type Source = Readonly<Record<string, string | undefined>>

/**
 * The process's configuration, checked as a whole. Each secret may come from a file: `<NAME>_FILE`.
 * @throws with every wrong variable named, one a line, and what to do; no value of a secret is told.
 */
export function readConfig(source: Source = process.env): Config {
  const { settings: given, errors: fileErrors } = readFiles(withoutEmpty(source), namesByFile)
  const demo = given['DEMO'] === '1' || given['DEMO'] === 'true'
  const settings = demo ? { ...demoDefaults, ...given } : given
  const deadlines = readDeadlines(settings)
  const result = environment.safeParse(settings)
  const wrong = result.success
    ? contradictions(result.data)
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${wordingOf(issue)}`)
  const errors = [...fileErrors, ...wrong, ...deadlines.errors]
  if (result.success && errors.length === 0) return { ...result.data, stepDeadlines: deadlines.byStep }
  throw new Error(
    `The configuration has errors (see docs/configuration.md):\n${errors.map((line) => `  ${line}`).join('\n')}`,
  )
}

/** The environment with the secrets that files hold, for programs that hand it on. @throws where one can't be read. */
export function withSecretFiles(source: Source): Readonly<Record<string, string>> {
  const { settings, errors } = readFiles(withoutEmpty(source), namesByFile)
  if (errors.length > 0) throw new Error(`The configuration has errors:\n  ${errors.join('\n  ')}`)
  const files = new Set(namesByFile.map((name) => `${name}_FILE`))
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !files.has(name)))
}

/** An empty value means "not set". */
const withoutEmpty = (source: Source): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(source).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )

function readDeadlines(given: Readonly<Record<string, string>>) {
  const errors: string[] = []
  const byStep: Record<string, number> = {}
  for (const [name, value] of Object.entries(given)) {
    const step = /^([A-Z_]+)_DEADLINE_SECONDS$/.exec(name)?.[1]
    if (step === undefined || step === 'STEP') continue
    const seconds = Number(value)
    if (seconds > 0) byStep[step.toLowerCase()] = seconds * 1000
    else if (!(name in environment.shape)) errors.push(`${name}: has to be a number above 0`)
  }
  return { errors, byStep }
}
