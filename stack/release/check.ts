import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../surroundings.ts'
import { type AuditReport, unexplained } from './audit.ts'
import { changelogFaults } from './changelog.ts'
import { licencesDocument, licencesFile, readPackages, unwelcome } from './licences.ts'

/** `npm run release:check`: whether this can be released as it is. Says all that is missing, and ends with 1. */
const read = (file: string): string => readFileSync(join(projectDir, file), 'utf8')
const run = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { cwd: projectDir, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

const { version } = JSON.parse(read('package.json')) as { readonly version: string }

const script = (name: string) => (): readonly string[] => {
  const { status, stdout } = run('npm', 'run', '--silent', name)
  return status === 0 ? [] : [`npm run ${name} fails:`, ...stdout.trim().split('\n').slice(-8)]
}

const checks: Readonly<Record<string, () => readonly string[]>> = {
  'version and changelog': () => [
    ...changelogFaults(read('CHANGELOG.md'), version),
    ...(run('git', 'tag', '--list', `v${version}`).stdout.trim() === ''
      ? []
      : [`the tag v${version} is there already`]),
  ],
  'clean tree': () => {
    const changed = run('git', 'status', '--porcelain').stdout.trim()
    return changed === '' ? [] : ['not committed:', ...changed.split('\n').slice(0, 8)]
  },
  licences: () => [
    ...unwelcome(readPackages()).map(({ name, licence }) => `${name} is ${licence}`),
    ...(readFileSync(licencesFile, 'utf8') === licencesDocument(readPackages())
      ? []
      : ['docs/licences.md is old: npm run licences']),
  ],
  audit: () => {
    const { stdout } = run('npm', 'audit', '--json')
    return unexplained(JSON.parse(stdout === '' ? '{}' : stdout) as AuditReport)
  },
  typecheck: script('typecheck'),
  lint: script('lint'),
  format: script('format:check'),
}

for (const [name, check] of Object.entries(checks)) {
  const missing = check()
  console.log(`${missing.length === 0 ? 'ok     ' : 'MISSING'}  ${name}`)
  for (const line of missing) console.log(`           ${line}`)
  if (missing.length > 0) process.exitCode = 1
}
if (process.exitCode === 1) console.log(`\n${version} can not be released yet`)
else console.log(`\n${version} can be released: npm test and npm run test:long, then git tag v${version}`)
