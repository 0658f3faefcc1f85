import { expect, it } from 'vitest'
import { makeLog } from '../../platform/log.ts'
import { part } from './part.ts'

const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')

it('gives what there is', async () => {
  expect(await part(log, 'ledger', 0, Promise.resolve(7))).toEqual({ value: 7, missing: [] })
})

it('names what is away, what hangs and what is broken, and goes on without', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const whyOf = async (work: Promise<number>) => (await part(log, 'ledger', 0, work, 1)).missing[0]?.why
  expect(await whyOf(Promise.reject(away))).toBe('away')
  expect(await whyOf(Promise.reject(new Error('a bug')))).toBe('failed')
  expect(await whyOf(new Promise(() => undefined))).toBe('slow')
})
