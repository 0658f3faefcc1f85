import { ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import { describe, expect, it } from 'vitest'
import { isOutage } from './outage.ts'

const withCode = (code: string | number, more: object = {}) => Object.assign(new Error('failed'), { code, ...more })
const grpc = (code: number) => withCode(code, { details: 'said by the server' })

describe('an outage is told from a bug', () => {
  it.each(['ECONNREFUSED', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ER_CON_COUNT_ERROR'])(
    'database: %s is an outage',
    (code) => expect(isOutage(withCode(code))).toBe(true),
  )

  it.each(['ER_DUP_ENTRY', 'ER_PARSE_ERROR', 'ER_NO_SUCH_TABLE', 'ER_ACCESS_DENIED_ERROR'])(
    'database: %s is none',
    (code) => expect(isOutage(withCode(code))).toBe(false),
  )

  it('takes a closed pool for one', () => expect(isOutage(new Error('Pool is closed.'))).toBe(true))

  it.each([4, 8, 14])('Temporal: gRPC code %i is an outage, as the SDK wraps it', (code) => {
    expect(isOutage(new ServiceError('Failed to start Workflow', { cause: grpc(code) }))).toBe(true)
    expect(isOutage(new WorkflowUpdateRPCTimeoutOrCancelledError('late', { cause: grpc(code) }))).toBe(true)
  })

  it('Temporal: an invalid argument or a missing namespace is none', () => {
    expect(isOutage(new ServiceError('Failed', { cause: grpc(3) }))).toBe(false)
    expect(isOutage(new ServiceError('Failed', { cause: grpc(5) }))).toBe(false)
  })

  it('does not take any number for a gRPC code', () => expect(isOutage(withCode(14))).toBe(false))

  it('looks into what was tried side by side', () => {
    expect(isOutage(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]))).toBe(true)
  })

  it('takes a bug for a bug', () => {
    expect(isOutage(new TypeError('x is not a function'))).toBe(false)
    expect(isOutage('ECONNREFUSED')).toBe(false)
  })
})
