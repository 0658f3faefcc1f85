import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { makePayloadCodec } from '../../platform/payload-codec.ts'
import { historyLine } from './history-line.ts'
import { payloadValue, plainOf } from './plain.ts'

const json = (value: unknown) => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(value)),
})
const codecWith = (id: string) => makePayloadCodec([{ id, key: createSecretKey(randomBytes(32)) }])

it('makes times, payloads and long numbers readable and leaves out what is empty', async () => {
  const event = {
    eventId: { toNumber: () => 7 },
    eventTime: { seconds: 1_767_225_600, nanos: 5_000_000 },
    startToFireTimeout: { seconds: 20, nanos: 0 },
    input: { payloads: [json({ step: 'payment' }), json(2)] },
    links: [],
    control: null,
  }
  expect(await plainOf(event, undefined)).toEqual({
    eventId: 7,
    eventTime: '2026-01-01T00:00:00.005Z',
    startToFireTimeout: '20s',
    input: [{ step: 'payment' }, 2],
  })
})

it('decrypts with the codec, and shows what it can not decrypt as that', async () => {
  const codec = codecWith('k1')
  const [encrypted = json(0)] = (await codec?.encode([json({ outcome: 'completed' })])) ?? []
  expect(await payloadValue(encrypted, codec)).toEqual({ outcome: 'completed' })
  const lost = { undecodable: expect.stringContaining('k1'), encoding: 'binary/encrypted' }
  expect(await payloadValue(encrypted, codecWith('k2'))).toEqual(lost)
  expect(await payloadValue(encrypted, undefined)).toMatchObject({ encoding: 'binary/encrypted' })
  expect(await payloadValue({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{') }, undefined))
    .toHaveProperty('undecodable') // prettier-ignore
})

it('names a signal by what it carries', () => {
  const answer = { step: 'payment', action: 'perform', outcome: 'rejected', reason: { code: 'card_declined' } }
  const what = (input: unknown) => historyLine('WorkflowExecutionSignaled', { signalName: 'said', input: [input] }).what
  expect(what(answer)).toBe('said: payment perform rejected (card_declined)')
  expect(what({ movement: 'dispatched' })).toBe('said: dispatched')
  expect(what({ undecodable: 'no key' })).toBe('said: not decodable: no key')
})

it('knows bookkeeping from news, and tells an event that is new to it by its type', () => {
  expect(historyLine('WorkflowTaskCompleted', {})).toEqual({ what: 'Workflow task completed', minor: true })
  expect(historyLine('WorkflowTaskTimedOut', {}).minor).toBeUndefined()
  expect(historyLine('NexusOperationStarted', {})).toEqual({ what: 'Nexus operation started' })
})
