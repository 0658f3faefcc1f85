import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashOf, sourceFiles } from './sources.ts'

let root = ''
const hash = () => hashOf(sourceFiles(['room', 'lock.json'], root), root)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-sources-'))
  mkdirSync(join(root, 'room', 'corner'), { recursive: true })
  writeFileSync(join(root, 'room', 'corner', 'a.ts'), 'one')
  writeFileSync(join(root, 'lock.json'), '{}')
})
afterEach(() => rmSync(root, { recursive: true }))

it('changes with the content, the name and the number of files', () => {
  const seen = [hash()]
  writeFileSync(join(root, 'room', 'corner', 'a.ts'), 'two')
  seen.push(hash())
  renameSync(join(root, 'room', 'corner', 'a.ts'), join(root, 'room', 'b.ts'))
  seen.push(hash())
  writeFileSync(join(root, 'room', 'c.ts'), '')
  seen.push(hash())
  writeFileSync(join(root, 'lock.json'), '{ }')
  seen.push(hash())
  expect(new Set(seen).size).toBe(seen.length)
})

it('does not change with tests, which are not built', () => {
  const before = hash()
  writeFileSync(join(root, 'room', 'a.test.ts'), 'test')
  expect(hash()).toBe(before)
})

it('says nothing about a room that does not exist yet', () => {
  expect(sourceFiles(['nowhere'], root)).toEqual([])
})
