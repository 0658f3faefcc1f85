import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'

const run = promisify(execFile)
const example = 'examples/place-and-follow.ts'

it('examples/place-and-follow prints each step of an order until it is delivered', async () => {
  const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', example, inject('apiUrl')])
  const [first, ...steps] = stdout.trim().split('\n')
  expect(stderr).toBe('')
  expect(first).toMatch(/^[0-9a-f-]{36} \d+(\.\d+)? EUR$/)
  expect(steps.pop()).toBe('delivered')
  expect(steps.map((step) => step.split(' ')[0])).toEqual(steps.map((_, index) => `${index + 1}`))
  expect(steps[0]).toMatch(/^1 order\.placed \(customer/)
  expect(steps.at(-1)).toContain('order.delivered')
})

it('examples/place-and-follow says what is wrong, and fails', async () => {
  const failed = await run(process.execPath, ['--import', 'tsx', example, `${inject('apiUrl')}/nowhere/`]).catch(
    (error: { code: number; stderr: string }) => error,
  )
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^not_found: .*\n {2}trace [0-9a-f]{32}\n$/) })
})
