import { readFileSync } from 'node:fs'

type Given = Readonly<Record<string, string>>
export type Resolved = { readonly settings: Given; readonly errors: readonly string[] }

/**
 * `<NAME>_FILE` names a file that the value is in, as Docker and Kubernetes hand out secrets. The line end behind it does
 * not count. What is wrong is told by the variable's name, never by what the file has in it.
 */
export function readFiles(given: Given, names: readonly string[]): Resolved {
  const settings: Record<string, string> = { ...given }
  const errors: string[] = []
  for (const name of names) {
    const variable = `${name}_FILE`
    const file = given[variable]
    if (file === undefined) continue
    if (given[name] !== undefined) {
      errors.push(`${variable}: ${name} is set too; take one of them away`)
      continue
    }
    const content = contentOf(file)
    if (typeof content !== 'string') errors.push(`${variable}: ${file} can't be read (${content.why})`)
    else if (content === '') errors.push(`${variable}: ${file} is empty`)
    else settings[name] = content
  }
  return { settings, errors }
}

function contentOf(file: string): string | { readonly why: string } {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    return { why: error instanceof Error && 'code' in error ? String(error.code) : 'it is no file' }
  }
}
