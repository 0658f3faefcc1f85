import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { groups, lanes } from '../../events/topics.ts'
import { readConfig } from '../../platform/config.ts'
import { namesByFile, settingNames } from '../../platform/settings/sections.ts'
import { entryPoints } from '../../stack/build.ts'
import { roles } from '../../stack/processes.ts'
import { projectDir } from '../../stack/surroundings.ts'

const top = join(projectDir, 'deploy', 'kubernetes')
const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).toSorted()
const read = (file: string) => readFileSync(join(top, file), 'utf8')
const listOf = z.array(z.string()).default([])
const kustomization = z.looseObject({
  resources: listOf,
  components: listOf,
  configurations: listOf,
  nameSuffix: z.string().optional(),
  patches: z.array(z.looseObject({ path: z.string().optional() })).default([]),
  configMapGenerator: z.array(z.object({ name: z.string(), envs: z.array(z.string()) })).default([]),
  images: z.array(z.object({ name: z.string(), newName: z.string().optional(), newTag: z.string() })).default([]),
})
const kustomizations = files
  .filter((file) => file.endsWith('kustomization.yaml'))
  .map((file) => ({ folder: dirname(file), ...kustomization.parse(parse(read(file))) }))
const settingsOf = (overlay: string) => parseEnv(read(join('overlays', overlay, 'settings', 'settings.env')))

describe('deploy/kubernetes', () => {
  it('has every file that it names, and names every file that it has', () => {
    const used = kustomizations.flatMap(
      ({ folder, resources, components, configurations, patches, configMapGenerator }) =>
        [
          ...resources,
          ...components,
          ...configurations,
          ...patches.flatMap(({ path }) => path ?? []),
          ...configMapGenerator.flatMap(({ envs }) => envs),
        ].map((name) => join(folder, name)),
    )
    for (const file of used) expect(existsSync(join(top, file)), file).toBe(true)
    const leaves = files.filter((file) => /\.(yaml|env)$/.test(file) && !file.endsWith('kustomization.yaml'))
    expect(leaves.filter((file) => !used.includes(file))).toEqual([])
  })

  it('runs every process of the system, each a program that is built', () => {
    const programs = entryPoints().map((file) => `dist/${file.slice(projectDir.length + 1).replace(/\.ts$/, '.js')}`)
    const commands = files
      .filter((file) => /^base\/.*\.yaml$/.test(file))
      .flatMap((file) => [...read(file).matchAll(/command: \[(.*)\]/g)].map(([, list = '']) => list.split(', ').at(-1)))
    expect(commands.filter((command) => !programs.some((program) => program === command))).toEqual([])
    for (const role of roles)
      expect(commands).toContain(role === 'api' ? 'dist/api/main.js' : `dist/workers/${role}/main.js`)
  })

  it.each(['dev', 'production'])('%s sets only what the configuration knows, and it is taken', (overlay) => {
    const given = settingsOf(overlay)
    const known = [...settingNames, ...namesByFile.map((name) => `${name}_FILE`), 'MALLOC_ARENA_MAX']
    expect(Object.keys(given).filter((name) => !known.includes(name))).toEqual([])
    const plain = Object.entries(given).filter(([name]) => !name.endsWith('_FILE'))
    const asFiles = { DATABASE_URL: 'mysql://me:secret@mysql:3306', KAFKA_SASL_PASSWORD: 'secret' }
    expect(() => readConfig({ ...Object.fromEntries(plain), ...(overlay === 'dev' ? {} : asFiles) })).not.toThrow()
  })

  it('says the same build wherever a release says it', () => {
    const build = settingsOf('production')['WORKER_BUILD_ID'] ?? ''
    const suffixes = kustomizations.flatMap(({ folder, nameSuffix }) =>
      folder.startsWith('overlays/production') && nameSuffix !== undefined ? [nameSuffix] : [],
    )
    expect(suffixes).toHaveLength(3)
    for (const suffix of suffixes) expect(suffix).toBe(`-${build.replaceAll('.', '-')}`)
    const tags = kustomizations
      .filter(({ folder }) => folder === 'overlays/production/settings')
      .flatMap(({ images }) => images)
    expect(tags.map(({ newTag }) => newTag)).toEqual([build])
    const worker = (name: string) => read(join('overlays', 'production', 'workflow-worker', name))
    expect(worker('scaling.yaml')).toContain(`workerDeploymentBuildId: ${build}\n`)
    expect(worker('kustomization.yaml')).toContain(`holdfast/build: ${build} }`)
  })

  it('scales by groups that are there, to no more than the partitions', () => {
    const trigger = z.object({ metadata: z.looseObject({ consumerGroup: z.string(), topic: z.string() }) })
    const scaled = z.looseObject({ spec: z.looseObject({ maxReplicaCount: z.number(), triggers: z.array(trigger) }) })
    const all = parseAllDocuments(read(join('components', 'kafka-scaling', 'scaling.yaml')))
      .map((document): unknown => document.toJS())
      .flatMap((each) => (scaled.safeParse(each).success ? [scaled.parse(each).spec] : []))
    const config = readConfig(
      Object.fromEntries(Object.entries(settingsOf('dev')).filter(([name]) => !name.endsWith('_FILE'))),
    )
    const known: readonly string[] = [...groups, ...lanes.map((lane) => `notification-${lane}`)]
    const found = all.flatMap(({ triggers }) => triggers.map(({ metadata }) => metadata.consumerGroup))
    expect(found.toSorted()).toEqual(known.toSorted())
    for (const { maxReplicaCount } of all) expect(maxReplicaCount).toBeLessThanOrEqual(config.KAFKA_PARTITIONS)
  })
})
