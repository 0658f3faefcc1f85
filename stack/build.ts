import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build as esbuild } from 'esbuild'
import { builtRooms, hashOf, sourceFiles } from './building/sources.ts'
import { readStamp, writeStamp } from './building/stamp.ts'
import { moveIntoPlace } from './building/swap.ts'
import { bundleWorkflows, workflowParts } from './building/workflow-bundle.ts'
import { buildWeb, webParts } from './building/web.ts'
import { withLock } from './running/lock.ts'
import { projectDir, seconds, type Report } from './surroundings.ts'

const dist = join(projectDir, 'dist')
const bundleFile = 'workflow-bundle.js'
/** Outside the rooms; another build comes out when these change. */
const settings = [
  'deploy/migrate-main.ts',
  'deploy/promote-main.ts',
  'stack/promoting.ts',
  'stack/build.ts',
  'stack/building',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/**
 * Builds `dist/` for production; does nothing when it is already made from these very sources. Two builds at once do
 * not disturb each other, nor the processes that run from the build before.
 */
export async function build(report: Report = () => {}): Promise<void> {
  if (isUpToDate()) return
  mkdirSync(dist, { recursive: true })
  await withLock(join(dist, '.lock'), report, async () => {
    if (isUpToDate()) return
    const startedAt = Date.now()
    const aside = join(dist, '.new')
    rmSync(aside, { recursive: true, force: true })
    await buildAll(aside)
    rmSync(aside, { recursive: true, force: true })
    report(`built in ${seconds(startedAt)}`)
  })
}

async function buildAll(aside: string): Promise<void> {
  const before = readStamp(dist)
  const sources = sourcesHash()
  const workflows = hashOf(sourceFiles(workflowParts))
  const bundleIsOld = workflows !== before.workflows || !existsSync(join(dist, bundleFile))
  const web = hashOf(sourceFiles(webParts))
  const webIsOld = web !== before.web
  const hasWorkflows = existsSync(join(projectDir, 'workflows', 'index.ts'))
  mkdirSync(aside, { recursive: true })
  await buildEntries(aside)
  if (hasWorkflows && bundleIsOld) await bundleWorkflows(join(aside, bundleFile))
  if (webIsOld) await buildWeb(join(aside, 'web'))
  const made = moveIntoPlace(aside, dist)
  const kept = before.files.filter((file) => (file === bundleFile && !bundleIsOld) || (isOfWeb(file) && !webIsOld))
  const files = [...new Set([...made, ...kept])]
  const keep = new Set([...files, ...before.files])
  for (const file of before.filesBefore) if (!keep.has(file)) rmSync(join(dist, file), { force: true })
  writeStamp(dist, { sources, workflows, web, files, filesBefore: before.files })
}

const isOfWeb = (file: string): boolean => /^web[\\/]/.test(file)

const sourcesHash = (): string => hashOf(sourceFiles([...builtRooms, 'web', 'client', ...settings]))

function isUpToDate(): boolean {
  const stamp = readStamp(dist)
  return stamp.sources === sourcesHash() && stamp.files.every((file) => existsSync(join(dist, file)))
}

/** The processes and the programs that run to an end, as far as they exist. */
export function entryPoints(): readonly string[] {
  const workers = join(projectDir, 'workers')
  const names = existsSync(workers) ? readdirSync(workers) : []
  const programs = [
    'api/main.ts',
    'api/create-admin-main.ts',
    'api/import-products-main.ts',
    'workers/projection/rebuild/main.ts',
    'verify/main.ts',
    'api/rotate-keys-main.ts',
    'api/resume-orders-main.ts',
    'deploy/migrate-main.ts',
    'deploy/promote-main.ts',
  ]
  return [...names.map((name) => `workers/${name}/main.ts`), ...programs]
    .map((file) => join(projectDir, file))
    .filter((file) => existsSync(file))
}

async function buildEntries(outdir: string): Promise<void> {
  await esbuild({
    absWorkingDir: projectDir,
    entryPoints: entryPoints().map((file) => relative(projectDir, file)),
    outbase: projectDir,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

if (process.argv[1] === import.meta.filename) await build((line) => console.log(line))
