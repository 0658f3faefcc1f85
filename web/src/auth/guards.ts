import { redirect } from '@tanstack/react-router'
import { onSessionChange, sessionState, type SessionState } from './session.ts'

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

export async function onlyStaff({ location }: Here): Promise<void> {
  const session = await settled()
  if (session.kind !== 'signedIn')
    redirect({ to: '/sign-in', search: { next: location.href }, replace: true, throw: true })
  if (session.kind !== 'signedIn' || session.user.role !== 'admin') redirect({ to: '/', replace: true, throw: true })
}

export async function onlyGuests({ search }: { readonly search: { readonly next?: string } }): Promise<void> {
  if ((await settled()).kind === 'signedIn') redirect({ href: search.next ?? '/', replace: true, throw: true })
}
