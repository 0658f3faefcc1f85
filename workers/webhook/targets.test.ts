import { describe, expect, it } from 'vitest'
import { refusalOf, type TargetRules } from './targets.ts'

const strict: TargetRules = { privateToo: false, httpToo: false, ports: new Set([443, 8443, 80]) }
const loose: TargetRules = { privateToo: true, httpToo: true, ports: 'any' }

describe('a target of webhooks', () => {
  it.each([
    'https://shop.example/hooks',
    'https://shop.example:8443/',
    'https://93.184.216.34/',
    'https://[2606:4700::1]/',
  ])('may be %s', (url) => expect(refusalOf(url, strict)).toBeUndefined())

  it.each([
    ['no URL', 'shop.example/hooks'],
    ['not https', 'http://shop.example/hooks'],
    ['another protocol', 'ftp://shop.example/'],
    ['another protocol', 'file:///etc/passwd'],
    ['credentials', 'https://user:secret@shop.example/'],
    ['credentials', 'https://user@shop.example/'],
    ['a fragment', 'https://shop.example/#part'],
    ['another port', 'https://shop.example:6379/'],
    ['another port', 'https://shop.example:22/'],
    ['loopback', 'https://127.0.0.1/'],
    ['loopback, in short', 'https://127.1/'],
    ['loopback, as one number', 'https://2130706433/'],
    ['loopback, in hexadecimal', 'https://0x7f.0.0.1/'],
    ['loopback, in octal', 'https://0177.0.0.1/'],
    ['loopback, in full-width digits', 'https://１２７.0.0.1/'],
    ['loopback', 'https://[::1]/'],
    ['IPv4-mapped', 'https://[::ffff:127.0.0.1]/'],
    ['IPv4-mapped', 'https://[::ffff:a00:1]/'],
    ['metadata', 'https://169.254.169.254/latest/meta-data/'],
    ['private', 'https://10.0.0.1/'],
    ['our own machine', 'https://localhost/'],
    ['our own machine', 'https://hooks.localhost/'],
    ['our own network', 'https://mysql/'],
    ['our own network', 'https://printer.local/'],
    ['our own network', 'https://metadata.google.internal/'],
    ['our own network, with a dot at the end', 'https://metadata.google.internal./'],
  ])('%s: not %s', (_, url) => expect(refusalOf(url, strict)).toBeTypeOf('string'))

  it('may be of our own machine in a test, but never have credentials', () => {
    expect(refusalOf('http://127.0.0.1:4567/hooks', loose)).toBeUndefined()
    expect(refusalOf('http://localhost:4567/hooks', loose)).toBeUndefined()
    expect(refusalOf('http://user:secret@127.0.0.1:4567/', loose)).toBeTypeOf('string')
  })
})
