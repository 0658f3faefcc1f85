import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { awkwardText } from '../../tests/support/awkward-text.ts'
import { readLines } from './lines.ts'

async function linesOf(...pieces: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const lines: string[] = []
  const stream = new PassThrough()
  readLines(stream, (line) => lines.push(line))
  const ended = once(stream, 'end')
  for (const piece of pieces) stream.write(piece)
  stream.end()
  await ended
  return lines
}

it('cuts at line feeds, wherever the pieces end', async () => {
  expect(await linesOf('one\ntw', 'o\r\n', '\nlast')).toEqual(['one', 'two', '', 'last'])
  const letter = Buffer.from('é\n')
  expect(await linesOf(letter.subarray(0, 1), letter.subarray(1))).toEqual(['é'])
  expect(await linesOf()).toEqual([])
})

it('nothing that stands in a line of JSON begins another', async () => {
  await fc.assert(
    fc.asyncProperty(awkwardText(), async (text) => {
      const line = JSON.stringify({ level: 30, msg: text })
      expect(await linesOf(`${line}\n`)).toEqual([Buffer.from(line).toString()])
    }),
  )
})
