import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { World } from './world.ts'

export type Finding = { readonly invariant: string; readonly orderId?: string; readonly text: string }

type Row = {
  readonly name: string
  readonly findings: readonly { readonly subject: string; readonly orderId?: string; readonly difference: string }[]
}
type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** `npm run verify` on this system. @throws when it could not look. */
export async function verify({ system }: World): Promise<readonly Finding[]> {
  const { code, stdout, stderr } = await run(system.env)
  if (code !== 0 && code !== 1) throw new Error(stderr)
  const { invariants } = JSON.parse(stdout) as { readonly invariants: readonly Row[] }
  return invariants.flatMap(({ name, findings }) =>
    findings.map(({ subject, orderId, difference }) => ({
      invariant: name,
      ...(orderId !== undefined && { orderId }),
      text: `${name}: ${subject}: ${difference}`,
    })),
  )
}

const run = (env: Readonly<Record<string, string>>): Promise<Ran> =>
  promisify(execFile)(process.execPath, ['dist/verify/main.js', '--json'], { env, maxBuffer: 64 * 2 ** 20 }).then(
    (done) => ({ ...done, code: 0 }),
    (error: unknown) => error as Ran, // as promisify promises it, where the program ended with another code
  )
