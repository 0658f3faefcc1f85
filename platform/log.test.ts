import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('has no secret and no statement with its values in a line, and says which order and trace it is about', () => {
  const program = `
    import { makeLog } from '${new URL('log.ts', import.meta.url).pathname}'
    const error = Object.assign(new Error('ER_LOCK_DEADLOCK'), { sql: "INSERT ... 'hush@hush.test'", code: 'X' })
    const headers = { authorization: 'hush', cookie: 'hush' }
    makeLog({ LOG_LEVEL: 'info' }, 'test').warn(
      { err: error, orderId: 'o-1', traceId: 't-1', request: { headers }, body: { password: 'hush', clientSecret: 'hush' } }, 'm')`
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  const line = JSON.parse(stdout) as Record<string, unknown>
  expect(line).toMatchObject({ name: 'test', orderId: 'o-1', traceId: 't-1', err: { code: 'X', sql: '(redacted)' } })
  expect(stdout).not.toContain('hush')
})
