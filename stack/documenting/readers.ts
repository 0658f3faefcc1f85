import { basename, dirname, join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { settingNames } from '../../platform/settings/sections.ts'
import { entryPoints } from '../build.ts'
import { roles } from '../processes.ts'
import { projectDir } from '../surroundings.ts'

/** By setting: the processes that read it, in their usual order, then the programs that run to an end. */
export type Readers = ReadonlyMap<string, readonly string[]>

/** The schema names every setting, so it tells nothing of who reads them. */
const withoutSchema: Plugin = {
  name: 'without-schema',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = relative(join(projectDir, 'platform'), join(resolveDir, path))
      return file === 'config.ts' || dirname(file) === 'settings' ? { path, external: true, sideEffects: false } : null
    })
  },
}

/**
 * Bundles each process by itself, without what it never calls, and looks which settings are named in what is left: as
 * `config.NAME`, taken out of an object, or as a word of its own.
 */
export async function findReaders(): Promise<Readers> {
  const { outputFiles } = await build({
    absWorkingDir: projectDir,
    entryPoints: entryPoints().map((file) => relative(projectDir, file)),
    outbase: projectDir,
    outdir: projectDir,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    plugins: [withoutSchema],
    logLevel: 'error',
  })
  const read = new Map(outputFiles.map(({ path, text }) => [nameOf(relative(projectDir, path)), settingsIn(text)]))
  const processes = [...roles, ...[...read.keys()].filter((name) => !roles.some((role) => role === name))]
  return new Map(settingNames.map((name) => [name, processes.filter((each) => read.get(each)?.has(name))]))
}

/** `workers/stock/main.js` is stock, `deploy/migrate-main.js` migrate. */
function nameOf(file: string): string {
  const name = basename(file, '.js')
  return name === 'main' ? basename(dirname(file)) : name.replace(/-main$/, '')
}

export function settingsIn(code: string): ReadonlySet<string> {
  const named = settingNames.filter((name) =>
    new RegExp(`\\.${name}\\b|[{,]\\s*${name}\\s*[:,}=]|"${name}"`).test(code),
  )
  const byTls = [...code.matchAll(/\btlsOf\(\w+, "([A-Z]+)"\)/g)].flatMap(([, server = '']) =>
    ['', '_CA', '_CERT', '_KEY'].map((part) => `${server}_TLS${part}`),
  )
  return new Set([...named, ...byTls])
}
