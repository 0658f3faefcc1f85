import { z } from 'zod'
import { demoDefaults } from '../../platform/config.ts'
import { aboutOf, environment, sections } from '../../platform/settings/sections.ts'
import { roles } from '../processes.ts'
import type { Readers } from './readers.ts'

export type Setting = {
  readonly name: string
  readonly description: string
  readonly fallback: string
  readonly choices: readonly string[]
  readonly example: string
  readonly isSecret: boolean
  readonly byFile: boolean
}

const shape = z.object({
  properties: z.record(z.string(), z.object({ default: z.unknown(), enum: z.array(z.string()).optional() })),
})

/** As the schema has them, by section. */
export function documentedSections(): readonly { readonly title: string; readonly settings: readonly Setting[] }[] {
  const { properties } = shape.parse(z.toJSONSchema(environment, { io: 'input', unrepresentable: 'any' }))
  const isFlag = (choices: readonly string[]) => choices.includes('true')
  const settingOf = (name: keyof typeof environment.shape): Setting => {
    const { description, example, secret = false, byFile = false } = aboutOf(name)
    const { default: fallback, enum: choices = [] } = properties[name] ?? {}
    const value = typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : ''
    return {
      name,
      description,
      fallback: value,
      choices: isFlag(choices) ? [] : choices,
      example: example ?? (isFlag(choices) ? '1' : value),
      isSecret: secret,
      byFile,
    }
  }
  const names = environment.keyof().options
  return sections.map(({ title, settings }) => ({
    title,
    settings: names.filter((name) => name in settings).map(settingOf),
  }))
}

const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``)

/** `all`, `workers`, or their names. Programs are told of where not every process reads it. */
export function readByText(names: readonly string[]): string {
  const [reading, programs] = [roles.filter((role) => names.includes(role)), names.filter((name) => !isRole(name))]
  if (reading.length === roles.length) return 'all'
  const isEachWorker = reading.length === roles.length - 1 && !reading.includes('api')
  return [...(isEachWorker ? ['workers'] : reading), ...programs].join(', ')
}

const isRole = (name: string): boolean => roles.some((role) => role === name)

function row(setting: Setting, readers: Readers): string {
  const { name, description, fallback, choices, example, isSecret, byFile } = setting
  const demo = demoDefaults[name]
  const usual = [code(fallback) || '(none)', demo !== undefined && demo !== fallback && `demo: ${code(demo)}`]
  const either = choices.length > 0 ? ` One of ${choices.map(code).join(', ')}.` : ''
  const how = isSecret ? '**secret**, or by file' : byFile ? 'or by file' : ''
  const shown = example === fallback ? '' : code(example)
  return `| \`${name}\` | ${description}${either} | ${usual.filter(Boolean).join('; ')} | ${shown} | ${readByText(readers.get(name) ?? [])} | ${how} |`
}

const head = `# Configuration

Environment variables, read once at start; the schema is \`platform/settings/\`, and this page is made from it by
\`npm run docs:configuration\`. An empty value means "not set". Whatever is wrong is told at once, by the variable's name
and what to do, never by the value of a secret; then the process ends. Give every process the same: each takes what it
needs.

- **Secrets by file**: each variable marked so may be given as \`<NAME>_FILE\`, the path of a file with the value in it, as
  Docker and Kubernetes hand out secrets. Not both. A line end behind it does not count.
- **TLS and credentials** are checked when a process starts: a certificate that is not to be trusted or a password that is
  wrong ends it with a sentence that says so; a server that is away is waited for. Certificates are always verified.
- **A file of variables**: \`npm start\` reads none by itself. With \`.env.example\` copied to \`.env\`:
  \`node --env-file=.env --import tsx stack/start.ts\`; a built process: \`node --env-file=.env dist/api/main.js\`.
- **Read by**: found in the code of each process. \`all\` are the API and all workers, and the programs that run to an end
  as far as they ask that server; \`migrate\`, \`promote\`, \`verify\` and the like are such programs. All check what is given
  as a whole, whoever reads it.
- **Demo mode** (\`DEMO=1\`) has other defaults, which are beside the usual ones.
`

const tail = `## Deadlines of single steps

\`<STEP>_DEADLINE_SECONDS\`, a number above 0, is the deadline of one step: \`STOCK_\`, \`PAYMENT_\`, \`SHIPPING_\`,
\`APPROVAL_\` (a day; demo: \`600\`). Deadlines and retries are part of an order's plan, so a change is for new orders only.

## Of \`npm start\` alone

\`HOLDFAST_DATA\` (default \`.data\`): where it keeps data. \`HOLDFAST_CACHE\` (default \`~/.cache/holdfast\`): where servers
that had to be fetched are kept. \`DEMO=0\`: without demo mode.
`

/** \`docs/configuration.md\`, whole. */
export function configurationPage(readers: Readers): string {
  const parts = documentedSections().map(
    ({ title, settings }) =>
      `## ${title}\n\n| variable | meaning | default | example | read by | |\n|---|---|---|---|---|---|\n${settings.map((one) => row(one, readers)).join('\n')}\n`,
  )
  return [head, ...parts, tail].join('\n')
}

const plain = (markdown: string): string => markdown.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '')

/** \`.env.example\`: everything, as a comment. */
export function environmentExample(): string {
  const parts = documentedSections().map(({ title, settings }) => {
    const lines = settings.flatMap(({ name, description, example, fallback, byFile }) => {
      const how = byFile ? ` Or ${name}_FILE.` : ''
      return [`# ${plain(description)}${how}`, `# ${name}=${quoted(example || fallback)}`]
    })
    return `### ${title}\n\n${lines.join('\n')}\n`
  })
  const first = '# Made by npm run docs:configuration. Copy to .env, and take the # away from what you set.\n'
  return [first, ...parts].join('\n')
}

const quoted = (value: string): string => (/[\s#'"]/.test(value) ? `"${value}"` : value)
