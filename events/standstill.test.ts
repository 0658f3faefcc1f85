import { expect, it } from 'vitest'
import { readStandstill, standstillNote } from './standstill.ts'

it('a note about a standstill is read as it was written, and nothing else is', () => {
  const since = '2030-01-31T09:30:00.000Z'
  const note = standstillNote(since, Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))
  expect(readStandstill(note)).toEqual({ since, cause: 'ECONNREFUSED' })
  for (const other of [null, undefined, '', '{}', 'somebody else', `${note} `])
    expect(readStandstill(other)).toBeUndefined()
})
