import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../surroundings.ts'

export type Package = {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** What runs in production needs it; else it is for building and testing, or part of the pages. */
  readonly runs: boolean
}

type Lock = {
  readonly packages: Readonly<
    Record<
      string,
      { readonly version?: string; readonly license?: string; readonly dev?: boolean; readonly link?: boolean }
    >
  >
}

/** Packages whose entry in the lock file names no licence, by what their own package has. */
const told: Readonly<Record<string, string>> = { unionfs: 'Unlicense' }

/**
 * What may be in what we ship: licences that ask for no more than to be named. MPL-2.0 is for tools that are not shipped.
 */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MIT-0',
  '(MIT OR CC0-1.0)',
  'Unlicense',
])
const allowedForTools = new Set([...allowed, 'MPL-2.0'])

/** Every package of the lock file once, by name and version. */
export function packagesOf(lock: Lock): readonly Package[] {
  const found = new Map<string, Package>()
  for (const [path, { version = '', license, dev = false, link = false }] of Object.entries(lock.packages)) {
    const name = path.split('node_modules/').at(-1) ?? ''
    if (path === '' || link) continue
    const key = `${name}@${version}`
    const licence = license ?? told[name] ?? 'unknown'
    found.set(key, { name, version, licence, runs: !dev || (found.get(key)?.runs ?? false) })
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Those whose licence nobody has agreed to. */
export const unwelcome = (packages: readonly Package[]): readonly Package[] =>
  packages.filter(({ licence, runs }) => !(runs ? allowed : allowedForTools).has(licence))

export function licencesDocument(packages: readonly Package[]): string {
  const groups = new Map<string, Package[]>()
  for (const one of packages) groups.set(one.licence, [...(groups.get(one.licence) ?? []), one])
  const counted = [...groups].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
  const list = (runs: boolean) =>
    packages
      .filter((one) => one.runs === runs)
      .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  const head = ['| package | version | licence |', '|---|---|---|']
  return [
    '# Licences of what this is built with',
    '',
    'Made by `npm run licences` from `package-lock.json`. Holdfast itself: Apache-2.0, see [LICENSE](../LICENSE).',
    '',
    '| licence | packages | of them at run time |',
    '|---|---|---|',
    ...counted.map(([name, of]) => `| ${name} | ${of.length} | ${of.filter(({ runs }) => runs).length} |`),
    '',
    '## At run time',
    '',
    ...head,
    ...list(true),
    '',
    '## For building, testing and the pages',
    '',
    'Of these React, Mantine, TanStack and Tabler’s icons are part of the pages that are served, all MIT.',
    '',
    ...head,
    ...list(false),
    '',
  ].join('\n')
}

export const licencesFile = join(projectDir, 'docs', 'licences.md')

export const readPackages = (): readonly Package[] =>
  packagesOf(JSON.parse(readFileSync(join(projectDir, 'package-lock.json'), 'utf8')) as Lock)
