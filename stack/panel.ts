export type PanelInfo = {
  readonly apiUrl: string
  readonly temporalUiUrl: string | undefined
  readonly temporalAddress: string
  readonly kafkaBrokers: string
  readonly databaseUrl: string
  readonly dataDir: string
  readonly demo: boolean
  /** Ports that were not to be had, in words. */
  readonly notes: readonly string[]
}

const demoAccounts = [
  ['Customer', 'customer@demo.test / customer-demo-1'],
  ['Admins', 'admin@demo.test / admin-demo-1'],
  ['', 'admin2@demo.test / admin-demo-2'],
  ['Support', 'support@demo.test / support-demo-1'],
] as const

/** What a person needs to know once everything works, in one box. */
export function panel(info: PanelInfo): string {
  const accounts = info.demo
    ? demoAccounts.map(([who, account]) => row(who, account))
    : ['No accounts yet? npm run admin:create -- --email you@example.com --name You']
  return boxed([
    `holdfast is ready${info.demo ? ' (demo mode; DEMO=0 turns it off)' : ''}`,
    '',
    row('Shop and API', info.apiUrl),
    row('API docs', `${info.apiUrl}/docs`),
    row('Temporal Web UI', info.temporalUiUrl ?? `of the server at ${info.temporalAddress}`),
    row('Temporal', info.temporalAddress),
    row('Kafka', info.kafkaBrokers),
    row('MySQL', withoutPassword(info.databaseUrl)),
    row('Data and logs', info.dataDir),
    '',
    ...accounts,
    ...(info.notes.length === 0 ? [] : ['', ...info.notes]),
    '',
    'Ctrl-C stops everything; data stays in the data folder; npm run reset wipes it',
  ])
}

const row = (name: string, value: string): string => `${name.padEnd(17)}${value}`

function boxed(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length))
  const edge = '─'.repeat(width + 2)
  return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join('\n')
}

/** Screens are shared: a password in the given address is not shown, whatever signs it has in it. */
function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return 'as DATABASE_URL says'
  const url = new URL(text)
  if (url.password === '') return text
  url.password = '***'
  return url.href
}
