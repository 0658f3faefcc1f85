import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const promtool = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8', cwd: 'deploy/observability' })
  return { status, said: `${stdout}${stderr}` }
}
const isThere = promtool('--version').status === 0

for (const args of [
  ['check', 'config', 'prometheus.yml'],
  ['check', 'rules', 'rules.yml'],
  ['test', 'rules', 'rules.test.yml'],
]) {
  const why = isThere ? '' : ' (skipped: no promtool; it is in Debian’s package prometheus)'
  it.skipIf(!isThere)(`promtool ${args.join(' ')}${why}`, () => {
    expect(promtool(...args)).toMatchObject({ status: 0 })
  })
}
