import { isIP } from 'node:net'
import type { Context } from 'hono'
import type { Env } from './env.ts'

/**
 * Where a request comes from. Of the addresses in `X-Forwarded-For` only those are believed that proxies of ours have
 * written, and they write at the end.
 * @param proxies how many of them stand in front of the API.
 * @returns an IP address, or `local` for a call from this very process.
 */
export function clientAddress(c: Context<Env>, proxies: number): string {
  const bindings: Partial<Env['Bindings']> | undefined = c.env
  const socket = bindings?.incoming?.socket.remoteAddress
  const hops = (c.req.header('X-Forwarded-For') ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  const told = proxies > 0 ? hops.at(-proxies) : undefined
  return plain(told) ?? plain(socket) ?? 'local'
}

/** @returns undefined for what is no address. Without a port, which some proxies write, and without a zone, which has no end that anybody could count on. */
function plain(text: string | undefined): string | undefined {
  const address = text
    ?.replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '')
  return address !== undefined && isIP(address) !== 0 ? address : undefined
}
