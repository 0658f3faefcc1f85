import {
  AuthenticationError,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  TimeoutError,
  UserError,
} from '@platformatic/kafka'
import { describe, expect, it } from 'vitest'
import { classify, Outage } from '../failure.ts'
import { isProtocolError, mayPass, passes } from './platformatic-errors.ts'

describe('an error of the second client', () => {
  it('passes where the broker is away, starts, or moves', () => {
    const passing = [
      new NetworkError('no'),
      new TimeoutError('no answer'),
      new ProtocolError('NOT_COORDINATOR'),
      new ProtocolError('COORDINATOR_LOAD_IN_PROGRESS'),
      new ProtocolError('UNKNOWN_MEMBER_ID'),
      Object.assign(new Error('Out of bounds.'), { code: 'OUT_OF_BOUNDS' }),
      new MultipleErrors('all', [new NetworkError('no'), new ProtocolError('LEADER_NOT_AVAILABLE')]),
    ]
    for (const error of passing) expect(passes(error), error.message).toBe(true)
  })

  it('does not pass where the request is at fault', () => {
    const lasting = [
      new AuthenticationError('no'),
      new ProtocolError('MESSAGE_TOO_LARGE'),
      new UserError('wrong options'),
      new MultipleErrors('all', [new NetworkError('no'), new ProtocolError('MESSAGE_TOO_LARGE')]),
    ]
    for (const error of lasting) expect(passes(error) || mayPass(error), error.message).toBe(false)
  })

  it('may pass where a topic is not known yet, or an answer made no sense', () => {
    for (const one of [new UserError('Unknown topic orders.'), new TypeError('it was not read')]) {
      const error = new MultipleErrors('all', [new NetworkError('no'), one])
      expect([passes(error), mayPass(error)]).toEqual([false, true])
    }
  })

  it('is found by its name in an answer about many partitions', () => {
    const error = new MultipleErrors('all', [new NetworkError('no'), new ProtocolError('OFFSET_OUT_OF_RANGE')])
    expect(isProtocolError(error, 'OFFSET_OUT_OF_RANGE')).toBe(true)
    expect(isProtocolError(error, 'NOT_COORDINATOR')).toBe(false)
  })

  it('that lasts longer than a broker’s restart is an outage to whoever publishes', () => {
    expect(classify(new Outage('Kafka does not answer', { cause: new NetworkError('no') }))).toBe('outage')
  })
})
