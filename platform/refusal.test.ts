import { expect, it } from 'vitest'
import { refusalOf } from './refusal.ts'

const withCode = (message: string, code: string | number, more: object = {}) =>
  Object.assign(new Error(message), { code, ...more })

it.each([
  ['a certificate of another CA', new Error('Connection error: unable to verify the first certificate')],
  ['a password that is wrong', withCode("Access denied for user 'me'@'db'", 'ER_ACCESS_DENIED_ERROR')],
  [
    'what is wrapped in others',
    new Error('gave up', { cause: new AggregateError([withCode('no', 'PLT_KFK_AUTHENTICATION')]) }),
  ],
  ['an API key that nobody knows', withCode('16 UNAUTHENTICATED: no', 16, { details: 'no' })],
])('%s is a refusal', (_what, error) => expect(refusalOf(error)).toBeDefined())

it.each([
  ['a server that is away', withCode('connect ECONNREFUSED 10.0.0.1:3306', 'ECONNREFUSED')],
  ['one that is slow', withCode('14 UNAVAILABLE: no connection established', 14, { details: '' })],
  ['a number that is no gRPC code', withCode('exit', 7)],
  ['no error', 'certificate'],
])('%s may pass', (_what, error) => expect(refusalOf(error)).toBeUndefined())

it('is told in one line, without what gRPC puts around it', () => {
  const told = `14 UNAVAILABLE: No connection established. Last error: Error: tlsv13 alert\ncertificate required\n (2026-11-23T17:17:13.526Z). Resolution note: .`
  expect(refusalOf(new Error(told))).toBe('tlsv13 alert certificate required')
})
