import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { builtRooms } from '../../stack/building/sources.ts'

/** One import of one file, both as paths from the project's top. */
export type Import = { readonly from: string; readonly to: string; readonly isType: boolean }
export type Violation = Import & { readonly rule: string }

type Rule = {
  readonly rule: string
  readonly files: RegExp
  /** What these files may import of ours; tests may import what they test. */
  readonly may?: RegExp
  readonly mayNot?: RegExp
  /** From here they may take types and nothing else. */
  readonly typesOf?: RegExp
}

const service = '(stock|payment|shipping|projection|notification|webhook)'

/** Section 7 of the design: who may import whom. */
const rules: readonly Rule[] = [
  { rule: 'domain imports nothing outside itself', files: /^domain\//, may: /^domain\// },
  {
    rule: 'workflows import domain, themselves, and types of activities',
    files: /^workflows\//,
    may: /^(domain\/|workflows\/|activities\/index\.ts|@temporalio\/(workflow|common)$)/,
  },
  {
    rule: 'activities import domain, events and platform',
    files: /^activities\//,
    may: /^(domain|activities|events|platform)\//,
  },
  {
    rule: 'events import domain and platform',
    files: /^events\//,
    mayNot: /^(workflows|activities|workers|api|web|stack)\//,
  },
  {
    rule: 'platform imports none of the rooms above it',
    files: /^platform\//,
    mayNot: /^(workflows|activities|events|workers|api|web|stack)\//,
  },
  {
    rule: 'only the workflow worker touches activities, and only messages of workflows are shared',
    files: /^(workers\/(?!temporal\/)|api\/)/,
    mayNot: /^(activities\/|workflows\/(?!messages\.ts|search-attributes\.ts))/,
  },
  { rule: 'workers do not import the API or the web', files: /^workers\//, mayNot: /^(api|web|stack)\// },
  {
    rule: 'only events knows kafkajs',
    files: /^(?!events\/|tests\/|bench\/|stack\/)/,
    mayNot: /^(kafkajs|@platformatic\/kafka)$/,
  },
  {
    rule: 'the consumer and what publishes know the port, not a client',
    files: /^events\/(consumer|processor|offsets|publisher|dead-letters|dead-letter-reader|redrive|port)\.ts$/,
    mayNot: /^(kafkajs|@platformatic\/kafka|events\/(kafka\.ts|clients\/.*))$/,
  },
  {
    rule: 'one room knows the second client',
    files: /^events\/(?!clients\/)/,
    mayNot: /^@platformatic\/kafka$/,
  },
  { rule: 'web talks HTTP only', files: /^web\//, mayNot: /^(workflows|activities|events|workers|platform|stack)\// },
  { rule: 'web takes types of the API and the domain, no code', files: /^web\//, typesOf: /^(api|domain)\// },
  {
    rule: 'client imports types of the API, and nothing else but itself and its HTTP client',
    files: /^client\//,
    may: /^(client\/|api\/|hono\/client$|zod$)/,
    typesOf: /^(api\/|zod$)/,
  },
  {
    rule: 'examples do what anybody can who has the client or the events',
    files: /^examples\//,
    may: /^(client\/|examples\/|holdfast\/events$|kysely$|mysql2$)/,
  },
  {
    rule: 'the client is for those who stand outside',
    files: /^(domain|workflows|activities|events|workers|api|platform|stack|deploy)\//,
    mayNot: /^(client|examples)\//,
  },
  {
    rule: 'verify reads what the services read, and never asks the API',
    files: /^verify\//,
    may: /^(verify|domain|events|platform|workers)\/|^workflows\/messages\.ts$|^(kysely|@temporalio\/client)$/,
  },
  {
    rule: 'chaos stands outside: the stack, the client, and what its faults need',
    files: /^chaos\//,
    may: /^(chaos|stack|client|events|platform)\/|^kysely$/,
  },
  {
    rule: 'nobody uses chaos',
    files: /^(domain|workflows|activities|events|workers|api|platform|web|client|examples|deploy|verify|stack)\//,
    mayNot: /^chaos\//,
  },
  {
    rule: 'nobody but its command uses verify',
    files: /^(domain|workflows|activities|events|workers|api|platform|web|client|examples|deploy)\//,
    mayNot: /^verify\//,
  },
]

const importPattern = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/g

export function importsOf(file: string, source: string): readonly Import[] {
  return [...source.matchAll(importPattern)].map(([, type, specifier = '']) => {
    const isOurs = specifier.startsWith('.')
    const to = isOurs ? relative('.', resolve(dirname(file), specifier)) : specifier
    return { from: file, to, isType: type !== undefined }
  })
}

/** @returns every import that breaks a rule. */
export function check(imports: readonly Import[]): readonly Violation[] {
  return imports.flatMap((one) => {
    const { from, to } = one
    if (/\.test\.tsx?$/.test(from)) return []
    const broken = rules.filter(({ files, may, mayNot, typesOf }) => {
      if (!files.test(from)) return false
      if (!one.isType && typesOf?.test(to) === true) return true
      return (may !== undefined && !may.test(to) && !to.startsWith('node:')) || (mayNot?.test(to) ?? false)
    })
    return [...broken.map(({ rule }) => ({ ...one, rule })), ...neighbours(one)]
  })
}

/** A service never imports another service. */
function neighbours(one: Import): readonly Violation[] {
  const own = new RegExp(`^workers/${service}/`).exec(one.from)?.[1]
  const other = new RegExp(`^workers/${service}/`).exec(one.to)?.[1]
  if (own === undefined || other === undefined || own === other) return []
  return [{ ...one, rule: `${own} imports its neighbour ${other}` }]
}

const rooms = [...builtRooms, 'web', 'client', 'examples', 'deploy', 'chaos']

export function sourceFiles(): readonly string[] {
  return rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .map((name) => join(room, name))
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules')),
  )
}

export const readImports = (file: string): readonly Import[] => importsOf(file, readFileSync(file, 'utf8'))

/** Where the environment may be read: everything else is told by parameters. */
export const mayReadEnvironment =
  /^(platform\/config\.ts|stack\/surroundings\.ts|tests\/|bench\/|web\/vite\.config\.ts)/
