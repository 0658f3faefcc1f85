import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { lifetimeSeconds } from './sessions.ts'

/** Named `__Host-refresh`: only this very host can set it, and only its pages over a secure connection send it. */
const name = 'refresh'

export const readRefreshCookie = (c: Context): string | undefined => getCookie(c, name, 'host')

export function setRefreshCookie(c: Context, token: string): void {
  setCookie(c, name, token, { prefix: 'host', httpOnly: true, sameSite: 'Strict', maxAge: lifetimeSeconds })
}

export function clearRefreshCookie(c: Context): void {
  deleteCookie(c, name, { prefix: 'host', httpOnly: true, sameSite: 'Strict' })
}
