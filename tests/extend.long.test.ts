import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { blocksIn, follow } from './support/guide.ts'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'extend.md'), 'utf8')
const run = promisify(execFile)

/** A copy of the project that did what docs/extend.md says. */
let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'holdfast-extend-'))
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  for (const file of files.split('\n').filter((name) => name !== '')) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    cpSync(join(root, file), join(dir, file))
  }
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
  follow(page, dir)
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** @throws with what it printed, unless it ends well. */
const tool = (name: string, ...args: readonly string[]) =>
  run(join(dir, 'node_modules', '.bin', name), args, { cwd: dir, maxBuffer: 64 * 2 ** 20 }).catch((error: unknown) => {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${name} ${args.join(' ')}\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`, { cause: error })
  })

it('what the guide says compiles', { timeout: 300_000 }, async () => {
  expect(blocksIn(page).length).toBeGreaterThan(10)
  await tool('tsc', '--noEmit')
})

it('what the guide says works: a step, and a payment provider', { timeout: 420_000 }, async () => {
  const { stdout } = await tool(
    'vitest',
    'run',
    '--project',
    'system',
    'tests/fraud.test.ts',
    'tests/on-account.test.ts',
  )
  expect(stdout).toMatch(/Tests .*4 passed/)
})
