import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'
import type { Env } from './env.ts'

/** What the API takes for the address of a request from this socket, with this header, behind so many proxies. */
async function seen(socket: string | undefined, forwarded: string | undefined, proxies: number): Promise<string> {
  const app = new Hono<Env>().get('/', (c) => c.text(clientAddress(c, proxies)))
  const headers = { ...(forwarded !== undefined && { 'X-Forwarded-For': forwarded }) }
  const bindings = socket === undefined ? {} : { incoming: { socket: { remoteAddress: socket } } }
  return (await app.request('/', { headers }, bindings)).text()
}

describe('the address of a request', () => {
  it('is the socket’s, whatever the caller writes into a header', async () => {
    expect(await seen('203.0.113.7', undefined, 0)).toBe('203.0.113.7')
    expect(await seen('203.0.113.7', '198.51.100.1', 0)).toBe('203.0.113.7')
  })

  it('behind proxies is what the outermost of them has seen; what stands before that is the caller’s word', async () => {
    expect(await seen('10.0.0.1', '198.51.100.1', 1)).toBe('198.51.100.1')
    expect(await seen('10.0.0.1', '6.6.6.6, 198.51.100.1', 1)).toBe('198.51.100.1')
    expect(await seen('10.0.0.1', '6.6.6.6 ,198.51.100.1,10.0.0.2', 2)).toBe('198.51.100.1')
  })

  it('is the socket’s where fewer proxies have written than there should be', async () => {
    expect(await seen('10.0.0.1', undefined, 1)).toBe('10.0.0.1')
    expect(await seen('10.0.0.1', ' , ', 1)).toBe('10.0.0.1')
    expect(await seen('10.0.0.1', '198.51.100.1', 2)).toBe('10.0.0.1')
  })

  it('is written one way: an IPv4 address in IPv6 clothes is an IPv4 address', async () => {
    expect(await seen('::ffff:203.0.113.7', undefined, 0)).toBe('203.0.113.7')
    expect(await seen('2001:db8::1', undefined, 0)).toBe('2001:db8::1')
  })

  it('is an address, whatever a proxy says', async () => {
    for (const said of ['x'.repeat(500), 'unknown', '198.51.100.1:', '[', '1.2.3', '_hidden', 'é'])
      expect(await seen('10.0.0.1', said, 1)).toBe('10.0.0.1')
    expect(await seen('10.0.0.1', 'fe80::1%eth0', 1)).toBe('fe80::1')
    expect(await seen('10.0.0.1', '198.51.100.1:443', 1)).toBe('198.51.100.1')
    expect(await seen('10.0.0.1', '[2001:db8::1]:443', 1)).toBe('2001:db8::1')
    expect(await seen('10.0.0.1', '2001:db8::1', 1)).toBe('2001:db8::1')
  })

  it('is `local` within this process', async () => {
    expect(await seen(undefined, undefined, 0)).toBe('local')
  })
})
