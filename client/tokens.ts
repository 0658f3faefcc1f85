/** The part of a sign-in's answer that counts here. */
export type Grant = { readonly accessToken: string; readonly expiresIn: number }

/** @returns a token that is good for now. `refused` is one that the API did not take. */
export type Tokens = (refused?: string) => Promise<string>

/** Signs in when a token is first asked for, shortly before its end, and when it was refused; once for all who wait. */
export function makeTokens(signIn: () => Promise<Grant>, now: () => number = Date.now): Tokens {
  let held: { readonly token: string; readonly goodUntil: number } | undefined
  let asking: Promise<string> | undefined

  async function renew(): Promise<string> {
    const { accessToken: token, expiresIn } = await signIn()
    held = { token, goodUntil: now() + Math.max(expiresIn / 2, expiresIn - 60) * 1000 }
    return token
  }

  return (refused) => {
    if (held !== undefined && held.token !== refused && now() < held.goodUntil) return Promise.resolve(held.token)
    asking ??= renew().finally(() => (asking = undefined))
    return asking
  }
}
