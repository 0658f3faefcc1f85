import { expect, it } from 'vitest'
import type { SagaDocument } from '../orders/saga.ts'
import { clockHeadline, waitsFor } from './headline.ts'

const since = '2026-01-31T09:30:00.000Z'
const saga = (participant: string): Pick<SagaDocument, 'headline' | 'waitingFor' | 'consumers'> => ({
  headline: 'What the saga says',
  waitingFor: [{ step: 'payment', participant, action: 'perform', attempt: 1, since, until: null }],
  consumers: [{ group: 'payment', members: 1, lag: 3 }],
})

it('says for whom an order waits, how far behind they are and since when', () => {
  expect(clockHeadline(saga('payment'))).toBe(
    `Waiting for payment (perform) from group payment, which is 3 behind, since ${since}.`,
  )
})

it('says so when nobody consumes, or Kafka does not tell', () => {
  expect(clockHeadline({ ...saga('payment'), consumers: [{ group: 'payment', members: 0, lag: 3 }] })).toContain(
    'which is 3 behind and which nobody runs',
  )
  const { consumers: _, ...silent } = saga('payment')
  expect(clockHeadline(silent)).toContain('of which Kafka does not tell')
  expect(waitsFor(silent)[0]).toMatchObject({ group: 'payment', behind: null, processes: null })
})

it('leaves it to the saga where a person is waited for, or nobody', () => {
  expect(clockHeadline(saga('staff'))).toBe('What the saga says')
  expect(clockHeadline({ ...saga('payment'), waitingFor: [] })).toBe('What the saga says')
  expect(waitsFor(saga('customer'))[0]?.group).toBeNull()
})
