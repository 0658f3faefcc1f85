import type { Row } from './look.ts'

/** As people read it: a line for each invariant, then every finding with what to do. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length), 'invariant'.length)
  const line = (name: string, looked: string, findings: string, asks: string) =>
    `${name.padEnd(width)}  ${looked.padStart(9)}  ${findings.padStart(8)}  ${asks}`.trimEnd()
  const count = rows.reduce((sum, { findings }) => sum + findings.length, 0)
  return [
    line('invariant', 'looked at', 'findings', ''),
    ...rows.map(({ name, looked, findings, asks }) => line(name, String(looked), String(findings.length), asks)),
    ...rows.flatMap(({ name, findings }) =>
      findings.flatMap(({ subject, difference, repair }) => [
        '',
        `${name}: ${subject}`,
        `  ${difference}`,
        `  ${repair}`,
      ]),
    ),
    '',
    count === 0 ? 'Every invariant holds.' : `${count} ${count === 1 ? 'finding' : 'findings'}; nothing was changed.`,
    '',
  ].join('\n')
}
