import { describe, expect, it } from 'vitest'
import { UnreadableMessage } from './envelope.ts'
import { causeOf, messageLength, safeMessage } from './failure-text.ts'

const coded = (code: string | number, message = 'it failed'): Error => Object.assign(new Error(message), { code })

describe('the cause of a failure', () => {
  it.each([
    [new UnreadableMessage('not JSON', { cause: new SyntaxError('at position 3') }), 'UnreadableMessage'],
    [new TypeError('x is undefined'), 'TypeError'],
    [coded('ER_DUP_ENTRY'), 'ER_DUP_ENTRY'],
    [coded(3), 'GRPC_3'],
    [new Error('outer', { cause: coded('ER_SIGNAL_EXCEPTION') }), 'ER_SIGNAL_EXCEPTION'],
    [coded('two words\n'), 'two_words_'],
    ['a thrown string', 'NoError'],
    [undefined, 'NoError'],
  ])('of %s is one word: %s', (error, cause) => {
    expect(causeOf(error)).toBe(cause)
  })
})

describe('the text of a failure', () => {
  it('has no value that a database quotes', () => {
    const error = coded('ER_DUP_ENTRY', "Duplicate entry 'Kim Example, Example Street 1' for key 'PRIMARY'")
    expect(safeMessage(error)).toBe('Duplicate entry … for key …')
  })

  it('has no email address', () => {
    expect(safeMessage(new Error('no account for <kim@example.com>!'))).toBe('no account for <…>!')
  })

  it('is one line of 500 characters at most', () => {
    const text = safeMessage(new Error(`first\nsecond\u0000${'x'.repeat(2_000)}`))
    expect(text).toHaveLength(messageLength)
    expect(text).toMatch(/^first second x/)
  })

  it('keeps what our own errors say', () => {
    expect(safeMessage(new UnreadableMessage("data: status: expected 'placed'"))).toBe(
      "data: status: expected 'placed'",
    )
  })
})
