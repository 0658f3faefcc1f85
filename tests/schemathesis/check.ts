import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { givenEnvironment } from '../../stack/surroundings.ts'
import { schemathesisArgs } from './tool.ts'

export type Person = { readonly role: string; readonly email: string; readonly password: string }

/** Accounts of the demo. */
export const people: readonly Person[] = [
  { role: 'customer', email: 'customer@demo.test', password: 'customer-demo-1' },
  { role: 'support', email: 'support@demo.test', password: 'support-demo-1' },
  { role: 'admin', email: 'admin@demo.test', password: 'admin-demo-1' },
]

/** The document is the promise: nothing may be answered that is not in it, and nobody let in without a token. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'ignored_auth',
]

/** Left out, and why. */
const excluded: readonly (readonly [string, string])[] = [
  ['^/v1/customers/', 'would erase the very account the run is signed in with'],
  ['^/v1/auth/logout$', 'ends sessions; the run needs its own'],
  ['/stream$', 'never ends; `tests/paths.test.ts` reads it'],
]

export type Effort = {
  readonly phases: string
  readonly examples: number
}

export type Outcome = { readonly good: boolean; readonly output: string }

/** All operations as one person. The output names what was found, with a `curl` for each. */
export async function check(
  python: string,
  url: string,
  person: Person,
  { phases, examples }: Effort,
  onText: (text: string) => void = () => {},
): Promise<Outcome> {
  const token = await signIn(url, person)
  const args = [
    ...schemathesisArgs,
    'run',
    `${url}/openapi.json`,
    '--header',
    `Authorization: Bearer ${token}`,
    '--checks',
    checks.join(','),
    '--phases',
    phases,
    '--max-examples',
    String(examples),
    '--workers',
    '2',
    '--request-timeout',
    '20',
    '--request-retries',
    '1',
    '--continue-on-failure',
    '--generation-database',
    'none',
    '--warnings',
    'off',
    '--no-color',
    '--exclude-path-regex',
    excluded.map(([path]) => `(${path})`).join('|'),
  ]
  // it leaves a cache where it is run
  const cwd = mkdtempSync(join(tmpdir(), 'schemathesis-'))
  return new Promise<Outcome>((resolve, reject) => {
    const child = spawn(python, args, { cwd, env: givenEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        onText(text)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ good: code === 0, output }))
  }).finally(() => rmSync(cwd, { recursive: true, force: true }))
}

async function signIn(url: string, { email, password }: Person): Promise<string> {
  const response = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const answer = (await response.json()) as { readonly accessToken?: string }
  if (answer.accessToken === undefined) throw new Error(`${email} could not sign in at ${url}: ${response.status}`)
  return answer.accessToken
}
