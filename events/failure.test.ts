import { describe, expect, it } from 'vitest'
import { UnreadableMessage } from './envelope.ts'
import { aloneIsPoison, alikeIsOutage, classify, judge } from './failure.ts'

const coded = (code: string | number): Error => Object.assign(new Error('it failed'), { code })

describe('a failure by itself', () => {
  it.each(['ECONNREFUSED', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN', 'ER_NO_SUCH_TABLE', 4, 14])(
    'is an outage when its code is %s: something is not there or too busy',
    (code) => {
      expect(classify(coded(code))).toBe('outage')
    },
  )

  it.each([
    'Connection lost: The server closed the connection.',
    "Can't add new command when connection is in closed state",
    'Pool is closed.',
  ])('is an outage when mysql2 says without a code: %s', (message) => {
    expect(classify(new Error(message))).toBe('outage')
  })

  it.each(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'])(
    'repeats the transaction on %s: who came second only has to come again',
    (code) => {
      expect(classify(coded(code))).toBe('repeatTransaction')
    },
  )

  it('is known by its cause too, however deep', () => {
    const wrapped = (cause: unknown): Error => new Error('outer', { cause: new Error('inner', { cause }) })
    expect(classify(wrapped(coded('ECONNRESET')))).toBe('outage')
    expect(classify(wrapped(coded('ER_LOCK_DEADLOCK')))).toBe('repeatTransaction')
  })

  it('is poison when the message can not be read', () => {
    expect(classify(new UnreadableMessage('not JSON'))).toBe('poison')
  })

  it.each([
    ['a bug', new TypeError('x is undefined')],
    ['an unknown code', coded('ER_DUP_ENTRY')],
    ['a gRPC code that blames the call', coded(3)],
    ['a thrown string', 'ECONNREFUSED'],
    ['nothing at all', undefined],
    ['an object that is no error', { code: 'ECONNREFUSED' }],
  ])('is only a suspect when it is %s', (_what, error) => {
    expect(classify(error)).toBe('suspect')
  })
})

/** error, tries, orders failing: judgement */
describe('what is done about a failed message', () => {
  const bug = new TypeError('x is undefined')
  it.each([
    ['a bug', bug, 1, 1, 'tryAgain'],
    ['a bug', bug, aloneIsPoison - 1, 1, 'tryAgain'],
    ['a bug', bug, aloneIsPoison, 1, 'poison'],
    ['a bug', bug, aloneIsPoison + 1, alikeIsOutage - 1, 'poison'],
    ['a bug', bug, 1, alikeIsOutage, 'outage'],
    ['a bug', bug, aloneIsPoison, alikeIsOutage, 'outage'],
    ['a bug', bug, 100, 100, 'outage'],
    ['a lost connection', coded('ECONNRESET'), 1, 1, 'outage'],
    ['a lost connection', coded('ECONNRESET'), 100, 1, 'outage'],
    ['a missing table', coded('ER_NO_SUCH_TABLE'), aloneIsPoison, 1, 'outage'],
    ['a deadlock', coded('ER_LOCK_DEADLOCK'), 100, 100, 'repeatTransaction'],
    ['an unreadable message', new UnreadableMessage('not JSON'), 1, 1, 'poison'],
    ['an unreadable message', new UnreadableMessage('not JSON'), 1, 100, 'poison'],
    ['a row that exists', coded('ER_DUP_ENTRY'), 1, 1, 'tryAgain'],
    ['a row that exists', coded('ER_DUP_ENTRY'), aloneIsPoison, 1, 'poison'],
  ] as const)('%s: %s, try %i with %i orders failing: %s', (_what, error, tries, ordersFailing, judgement) => {
    expect(judge(error, { tries, ordersFailing })).toBe(judgement)
  })
})
