import { type EventKind, orderKinds, stockKinds } from './catalogue.ts'
import { stockLevelSchema, stockLowSchema } from './stock-levels.ts'

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

const orderRow = ([type, { version, says, asks, always, maybe }]: readonly [string, EventKind]): string => {
  const optional = maybe.filter((field) => !always.includes(field))
  return `| \`${type}\` | ${version} | ${says} | ${asks ?? ''} | ${code(always)} | ${code(optional)} |`
}

/** The tables of docs/events.md: every type, when it comes, what it asks and what it carries. */
export function contractTables(): string {
  const shapes = { 'stock.level_changed': stockLevelSchema.shape, 'stock.low': stockLowSchema.shape }
  const stockRows = Object.entries(stockKinds).map(
    ([type, { version, says }]) =>
      `| \`${type}\` | ${version} | ${says} | ${code(Object.keys(shapes[type as keyof typeof shapes]))} |`,
  )
  return [
    'On `orders`. Besides what is listed, each carries `status` and `actor`.',
    '',
    '| type | version | says | asks | always carries | may carry |',
    '|---|---|---|---|---|---|',
    ...Object.entries(orderKinds).map(orderRow),
    '',
    'On `stock-levels`.',
    '',
    '| type | version | says | carries |',
    '|---|---|---|---|',
    ...stockRows,
  ].join('\n')
}

const [begin, end] = ['<!-- made by npm run events:publish -->', '<!-- end -->']

/** @returns the document with the tables of now in it. @throws if it has no place for them. */
export function withTables(document: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} ... ${end}`)
  return `${document.slice(0, from)}${begin}\n\n${contractTables()}\n\n${document.slice(to)}`
}
