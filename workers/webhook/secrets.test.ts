import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { seal } from '../../platform/sealed.ts'
import { newSecret, secretsOf, signedHeaders } from './secrets.ts'

const now = new Date()
const message = { id: 'order:1', body: '{"type":"order.placed"}' }

describe('a signature', () => {
  it('is taken by the library of Standard Webhooks, with either secret while both are good', () => {
    const [fresh, old] = [newSecret(), newSecret()]
    const headers = signedHeaders(message, [fresh, old], now)
    for (const secret of [fresh, old]) {
      expect(new Webhook(secret).verify(message.body, headers)).toEqual({ type: 'order.placed' })
    }
    expect(() => new Webhook(newSecret()).verify(message.body, headers)).toThrow('No matching signature')
    expect(() => new Webhook(fresh).verify(`${message.body} `, headers)).toThrow('No matching signature')
  })

  it('is no more made with an old secret whose time is over', () => {
    const row = {
      id: 'row',
      secret: seal([], 'whsec_new', 'row'),
      old_secret: seal([], 'whsec_old', 'row'),
      old_secret_until: new Date(now.getTime() + 1),
    }
    expect(secretsOf([], row, now)).toEqual(['whsec_new', 'whsec_old'])
    expect(secretsOf([], { ...row, old_secret_until: now }, now)).toEqual(['whsec_new'])
    expect(secretsOf([], { ...row, old_secret: null, old_secret_until: null }, now)).toEqual(['whsec_new'])
  })
})
