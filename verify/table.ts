import type { Finding } from './invariant.ts'
import type { Row } from './look.ts'

/** Findings told in full under each name; the others are in the JSON. */
const most = 20

/** As people read it: a line for each invariant, then the findings with what to do. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length), 'invariant'.length)
  const line = (name: string, looked: string, findings: string, asks: string) =>
    `${name.padEnd(width)}  ${looked.padStart(9)}  ${findings.padStart(8)}  ${asks}`.trimEnd()
  const count = rows.reduce((sum, { findings }) => sum + findings.length, 0)
  return [
    line('invariant', 'looked at', 'findings', ''),
    ...rows.map(({ name, looked, findings, asks }) =>
      line(name, String(looked), findings.length === 0 ? 'none' : String(findings.length), asks),
    ),
    ...rows.flatMap(({ name, findings }) => [
      ...findings.slice(0, most).flatMap((one) => told(name, one)),
      ...(findings.length > most ? ['', `${name}: ${findings.length - most} more; --json has them all`] : []),
    ]),
    '',
    count === 0 ? 'Every invariant holds.' : `${count} ${count === 1 ? 'finding' : 'findings'}; nothing was changed.`,
    '',
  ].join('\n')
}

const told = (name: string, { subject, difference, repair }: Finding): readonly string[] => [
  '',
  `${name}: ${subject}`,
  `  is:     ${difference}`,
  `  repair: ${repair}`,
]
