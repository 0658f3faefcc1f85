import { redirect } from '@tanstack/react-router'
import type { User } from '../http/contract.ts'
import { onSessionChange, sessionState, type SessionState } from './session.ts'
import { isAdmin, isStaff } from './staff.ts'

type Here = { readonly location: { readonly href: string } }

/** Until the page knows who is there. */
async function settled(): Promise<SessionState> {
  if (sessionState().kind === 'unknown') {
    await new Promise<void>((resolve) => {
      const stop = onSessionChange(() => {
        stop()
        resolve()
      })
    })
  }
  return sessionState()
}

export async function onlySignedIn({ location }: Here): Promise<void> {
  if ((await settled()).kind === 'signedIn') return
  redirect({ to: '/sign-in', search: { next: location.href }, replace: true, throw: true })
}

export const onlyStaff = (here: Here): Promise<void> => only(isStaff, here)
export const onlyAdmins = (here: Here): Promise<void> => only(isAdmin, here)

async function only(may: (user: User) => boolean, { location }: Here): Promise<void> {
  const session = await settled()
  if (session.kind !== 'signedIn')
    redirect({ to: '/sign-in', search: { next: location.href }, replace: true, throw: true })
  if (session.kind !== 'signedIn' || !may(session.user)) redirect({ to: '/', replace: true, throw: true })
}

export async function onlyGuests({ search }: { readonly search: { readonly next?: string } }): Promise<void> {
  if ((await settled()).kind === 'signedIn') redirect({ href: search.next ?? '/', replace: true, throw: true })
}
