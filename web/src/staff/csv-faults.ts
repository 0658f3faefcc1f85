import { isProblem } from '../http/problem.ts'

export type CsvFault = { readonly line: number; readonly message: string }

/** What is wrong with the table as a whole. */
export const tableFaults = (error: unknown): readonly string[] =>
  isProblem(error) ? error.violations.flatMap(({ pointer, message }) => (pointer === '/csv' ? [message] : [])) : []

/** What is wrong with a table, by its lines; what is wrong with the rest is for the form. */
export function csvFaults(error: unknown): readonly CsvFault[] {
  if (!isProblem(error)) return []
  return error.violations.flatMap(({ pointer, message }) => {
    const [, line] = /^\/csv\/(\d+)$/.exec(pointer) ?? []
    return line === undefined ? [] : [{ line: Number(line), message }]
  })
}
