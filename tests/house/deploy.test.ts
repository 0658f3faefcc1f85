import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { settingNames } from '../../platform/settings/sections.ts'
import { entryPoints } from '../../stack/build.ts'
import { builtRooms } from '../../stack/building/sources.ts'
import { roles } from '../../stack/processes.ts'
import { projectDir } from '../../stack/surroundings.ts'
import { readImports, sourceFiles } from './imports.ts'

const read = (...path: string[]) => readFileSync(join(projectDir, ...path), 'utf8')

const service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  env_file: z.array(z.object({ path: z.string(), required: z.boolean() })).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  configs: z.array(z.object({ source: z.string() })).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.looseObject({ disable: z.boolean().optional() }).optional(),
  profiles: z.array(z.string()).optional(),
  restart: z.string(),
  deploy: z.object({ resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }) }),
})
const asWritten: unknown = parse(read('docker-compose.yml'), { merge: true })
const compose = z
  .object({
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.unknown()),
    configs: z.record(z.string(), z.object({ content: z.string() })),
  })
  .parse(asWritten)
const services = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image === 'holdfast')
const programs = entryPoints().map((file) => file.slice(projectDir.length + 1).replace(/\.ts$/, '.js'))

describe('docker-compose.yml', () => {
  it('is as the Compose Specification has it', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const valid = ajv.compile(JSON.parse(read('tests', 'house', 'compose-spec', 'compose-spec.json')))
    valid(asWritten)
    expect(valid.errors ?? []).toEqual([])
  })

  it('has every process of the system, and each command is a program that is built', () => {
    const wanted = ['migrate', ...roles.map((role) => (role === 'api' ? role : `worker-${role}`))]
    expect(ours.map(([name]) => name).toSorted()).toEqual(wanted.toSorted())
    for (const [name, { command = [] }] of ours)
      expect(
        programs.map((file) => `dist/${file}`),
        name,
      ).toContain(command.at(-1))
  })

  it('sets no variable that the configuration does not know; .env may set all the others', () => {
    const otherReaders = ['MALLOC_ARENA_MAX'] // glibc
    for (const [name, { environment = {}, env_file = [] }] of ours) {
      const unknown = Object.keys(environment).filter((each) => !settingNames.some((known) => known === each))
      expect(
        unknown.filter((each) => !otherReaders.includes(each)),
        name,
      ).toEqual([])
      expect(env_file, name).toEqual([{ path: '.env', required: false }])
    }
  })

  it('lets the containers find each other, and nobody else find them', () => {
    for (const [name, { ports = [] }] of services) {
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/)
    }
    const api = compose.services['api']?.environment ?? {}
    expect(api['HOST']).toBe('0.0.0.0')
    const hosts = ['DATABASE_URL', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS', 'WEBHOOK_BASE_URL'].map(
      (name) => /(?:^|\/\/|@)([a-z]+):\d+$/.exec(String(api[name]).replace(/.*@/, '@'))?.[1],
    )
    for (const host of hosts) expect(Object.keys(compose.services)).toContain(host)
  })

  it('waits only for services that are there, and for health only where it is looked at', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const target = compose.services[other]
        expect(target, `${name} waits for ${other}`).toBeDefined()
        if (condition === 'service_healthy') expect(target?.healthcheck, other).toBeDefined()
        // what runs once must not be started again for ever
        if (condition === 'service_completed_successfully') expect(target?.restart, other).toMatch(/^on-failure/)
        if (target?.profiles !== undefined) expect(compose.services[name]?.profiles).toEqual(target.profiles)
      }
    }
  })

  it('names only volumes, folders and configs that are there', () => {
    for (const [name, { volumes = [], configs = [] }] of services) {
      for (const { source } of configs) expect(Object.keys(compose.configs), name).toContain(source)
      for (const [from = ''] of volumes.map((volume) => volume.split(':'))) {
        if (from.startsWith('./deploy/observability') && !existsSync(join(projectDir, 'deploy', 'observability')))
          continue
        if (from.startsWith('.')) expect(existsSync(join(projectDir, from)), from).toBe(true)
        else expect(Object.keys(compose.volumes), name).toContain(from)
      }
    }
  })

  it('gives its account rights on every database that is migrated', () => {
    const names = [...read('deploy', 'migrate-main.ts').matchAll(/^ {2}(\w+): \w+Migrations,$/gm)].map(
      ([, name]) => name,
    )
    expect(names.length).toBeGreaterThan(5)
    const account = compose.configs['mysql-account']?.content ?? ''
    for (const name of [...names, 'orders_rebuilt']) expect(account).toContain(`ON \`${name}\`.* TO`)
  })
})

describe('the image', () => {
  const dockerfile = read('deploy', 'Dockerfile')

  it('runs a program that is built, as nobody special', () => {
    const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]'
    expect(programs).toContain(z.array(z.string()).parse(JSON.parse(command)).at(-1)?.replace('dist/', ''))
    expect(dockerfile).toMatch(/^USER node$/m)
  })

  it('copies only what its context lets in', () => {
    const letIn = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
    for (const [, files = ''] of dockerfile.matchAll(/^COPY (?!--from)(?!\. )(.*) \.\/$/gm)) {
      for (const file of files.split(' ')) expect(letIn).toContain(`!${file}`)
    }
    for (const room of [...builtRooms, 'web', 'client', 'stack', 'deploy']) expect(letIn).toContain(`!${room}`)
  })

  it('has every package that its programs import: none is for development only', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')))
    const inImage = sourceFiles().filter(
      (file) => builtRooms.some((room) => file.startsWith(`${room}/`)) && !/\.test\.ts$|testing\.ts$/.test(file),
    )
    const packages = inImage
      .flatMap(readImports)
      .filter(({ to, isType }) => !isType && !to.startsWith('node:') && !/\.(ts|json)$|\$\{/.test(to))
      .map(({ to }) =>
        to
          .split('/')
          .slice(0, to.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    expect([...new Set(packages)].filter((name) => dependencies[name] === undefined)).toEqual([])
  })
})
