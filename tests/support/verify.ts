import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import type { System } from '../../stack/system.ts'
import type { Person } from './shop.ts'

export type Told = { readonly subject: string; readonly orderId?: string; readonly difference: string }
export type Verified = {
  readonly code: number
  /** The findings by the name of the invariant. */
  readonly findings: Readonly<Record<string, readonly Told[]>>
  readonly looked: Readonly<Record<string, number>>
}

type Row = { readonly name: string; readonly looked: number; readonly findings: readonly Told[] }

/** `npm run verify`, as its command runs it, on this system. */
export async function verify(system: System, ...args: readonly string[]): Promise<Verified> {
  const { code, stdout, stderr } = await runVerify({ ...process.env, ...system.env }, '--json', ...args)
  if (code === 2) throw new Error(stderr)
  const { invariants } = JSON.parse(stdout) as { readonly invariants: readonly Row[] }
  return {
    code,
    findings: Object.fromEntries(invariants.map(({ name, findings }) => [name, findings])),
    looked: Object.fromEntries(invariants.map(({ name, looked }) => [name, looked])),
  }
}

type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

export const runVerify = (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> =>
  promisify(execFile)(process.execPath, ['dist/verify/main.js', ...args], { env }).then(
    (done) => ({ ...done, code: 0 }),
    (error: unknown) => error as Ran, // as promisify promises it, where the program ended with another code
  )

/** Customers who order again and again, so that something is under way at every moment. */
export function startPlacing(customer: Person, product: Promise<string>) {
  const stopping = new AbortController()
  const placed: string[] = []
  const orderAgain = async (sku: string): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { id } = (await customer.place({ sku })).body
      placed.push(id)
      await customer.until(id, 'delivered')
    }
  }
  const customers = product.then((sku) => Promise.all([1, 2, 3].map(() => orderAgain(sku))))
  return {
    async stop() {
      stopping.abort()
      await customers
      expect(placed.length).toBeGreaterThan(3)
    },
  }
}
