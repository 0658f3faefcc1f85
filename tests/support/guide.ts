import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A block of a page that names a file: the file itself, or what changes in it. */
type Block = { readonly kind: 'file' | 'diff'; readonly file: string; readonly text: string }

export const blocksIn = (page: string): readonly Block[] =>
  [...page.matchAll(/^```(ts|diff) (\S+)\n(.*?)^```$/gms)].map(([, kind, file = '', text = '']) => ({
    kind: kind === 'diff' ? 'diff' : 'file',
    file,
    text,
  }))

/** Does what a page says to a copy of the project. @throws where a line that it changes is not there once. */
export function follow(page: string, dir: string): void {
  for (const { kind, file, text } of blocksIn(page)) {
    const path = join(dir, file)
    if (kind === 'file') {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    } else writeFileSync(path, changed(readFileSync(path, 'utf8'), text, file))
  }
}

function changed(source: string, diff: string, file: string): string {
  return [...diff.matchAll(/^-(.*)\n((?:^\+.*\n)+)/gm)].reduce((before, [, old = '', lines = '']) => {
    const wanted = lines.replaceAll(/^\+/gm, '').trimEnd()
    if (before.split(old).length !== 2) throw new Error(`"${old}" is not once in ${file}`)
    return before.replace(old, () => wanted)
  }, source)
}
