import { redirect } from '@tanstack/react-router'

type Here = { readonly location: { readonly hash: string } }
export type ResetLink = { readonly resetToken: string | undefined }

/** The token of the mailed link, for as long as this page is loaded: nowhere that outlives it. */
let token: string | undefined

/** Before anything is shown the token leaves the address bar, and the browser's history with it. */
export function takeResetToken({ location: { hash } }: Here): ResetLink {
  if (hash !== '') {
    token = readToken(hash) ?? token
    redirect({ to: '/reset-password', replace: true, throw: true })
  }
  return { resetToken: token }
}

export const forgetResetToken = (): void => {
  token = undefined
}

/** `token=...`, as in the link. */
export function readToken(hash: string): string | undefined {
  const found = new URLSearchParams(hash.replace(/^#/, '')).get('token')
  return found === null || found === '' ? undefined : found
}
