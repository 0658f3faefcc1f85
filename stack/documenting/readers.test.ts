import { describe, expect, it } from 'vitest'
import { roles } from '../processes.ts'
import { findReaders, settingsIn } from './readers.ts'

const readers = await findReaders()

describe('who reads a setting', () => {
  it('is found by the code that is left of each process', () => {
    expect(readers.get('STRIPE_SECRET_KEY')).toEqual(['payment'])
    expect(readers.get('STRIPE_WEBHOOK_SECRET')).toEqual(['api'])
    expect(readers.get('PORT')).toEqual(['api'])
    expect(readers.get('KAFKA_PARTITIONS')).toEqual(['migrate'])
    for (const name of ['LOG_LEVEL', 'DATABASE_TLS_CA', 'KAFKA_SASL_PASSWORD', 'TEMPORAL_API_KEY'])
      expect(readers.get(name)).toEqual(expect.arrayContaining([...roles]))
  })

  it('is somebody: a setting that nobody reads is one too many', () => {
    const unread = [...readers].filter(([, names]) => names.length === 0).map(([name]) => name)
    expect(unread).toEqual(['DATA_DIR']) // which says so
  })
})

it.each([
  ['if (config.PORT > 0) {}', ['PORT']],
  ['function f({ PORT, HOST: host }) {}', ['HOST', 'PORT']],
  ['allow(config["PORT"])', ['PORT']],
  ['tlsOf(config2, "KAFKA")', ['KAFKA_TLS', 'KAFKA_TLS_CA', 'KAFKA_TLS_CERT', 'KAFKA_TLS_KEY']],
  ['throw new Error("PORT is taken"); // PORT', []],
])('%s reads %j', (code, names) => {
  expect([...settingsIn(code)].toSorted()).toEqual(names)
})
