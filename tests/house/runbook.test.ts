import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { settingNames } from '../../platform/settings/sections.ts'
import { entryPoints } from '../../stack/build.ts'

const read = (file: string): string => readFileSync(file, 'utf8')
const runbook = read('docs/runbook.md')
const found = (pattern: RegExp): readonly string[] => [
  ...new Set([...runbook.matchAll(pattern)].map(([, what = '']) => what)),
]

/** Commands are tried by hand; that they are still there is looked at here. */
it('names only scripts of npm and programs that are there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
  const asked = found(/npm run ([a-z:-]+)/g)
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter((name) => scripts[name] === undefined)).toEqual([])
  const programs = entryPoints().map((file) => file.replace(/\.ts$/, ''))
  const run = found(/dist\/([\w/-]+)\.js/g)
  expect(run.filter((name) => !programs.some((program) => program.endsWith(`/${name}`)))).toEqual([])
})

it('names only calls that the API has', () => {
  const routes = Object.keys(JSON.parse(read('tests/access.golden.json')) as Readonly<Record<string, string>>)
  const shape = (path: string) => path.replaceAll(/\{\w+\}|\b[A-Z][A-Z_]+\b|(?<=\/)\d+(?=\/)/g, '*')
  const served = new Set(routes.map((route) => shape(route.split(' ')[1] ?? '')))
  const full = runbook.replaceAll('$LETTERS', '/v1/admin/dead-letters')
  const asked = [...new Set([...full.matchAll(/\/v1\/[\w/-]*\w/g)].map(([path]) => shape(path)))]
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.filter((path) => !served.has(path))).toEqual([])
})

it('names only settings that there are', () => {
  const names = new Set<string>(settingNames)
  const asked = found(/`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/g)
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter((name) => !names.has(name))).toEqual([])
})
