import easyPostModule from '@easypost/api'
import { describe, expect, it } from 'vitest'
import { isSignedByEasyPost, signForEasyPost } from './easypost-signature.ts'

const body = '{"description":"tracker.updated","result":{"weight": 614.0}}'
const secret = 'sécret'

describe('a signature of EasyPost', () => {
  it('is good for exactly this body and secret, in either Unicode form', () => {
    const header = signForEasyPost(secret, body)
    expect(isSignedByEasyPost(secret, body, header)).toBe(true)
    expect(isSignedByEasyPost(secret.normalize('NFD'), body, header)).toBe(true)
    expect(isSignedByEasyPost(secret, `${body} `, header)).toBe(false)
    expect(isSignedByEasyPost('secret', body, header)).toBe(false)
    expect(isSignedByEasyPost(secret, body, header.slice(0, -1))).toBe(false)
    expect(isSignedByEasyPost(secret, body, undefined)).toBe(false)
    expect(isSignedByEasyPost('', body, signForEasyPost('', body))).toBe(false)
  })

  it('is the one that its own package takes', () => {
    const { Utils } = new (easyPostModule as unknown as typeof easyPostModule.default)('key')
    const utils = Utils as unknown as { validateWebhook: (body: Buffer, headers: object, secret: string) => unknown }
    const headers = { 'X-Hmac-Signature': signForEasyPost(secret, body) }
    expect(utils.validateWebhook(Buffer.from(body), headers, secret)).toEqual(JSON.parse(body))
    expect(() => utils.validateWebhook(Buffer.from(body), headers, 'other')).toThrow()
  })
})
