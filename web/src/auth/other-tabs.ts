/** Says only that this browser may hold a session, so that a visitor who never signed in costs no request. No secret. */
const hint = 'holdfast.signed-in'
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('holdfast.session')

export const mayBeSignedIn = (): boolean => localStorage.getItem(hint) !== null
export const rememberSignedIn = (): void => localStorage.setItem(hint, '1')
export const forgetSignedIn = (): void => localStorage.removeItem(hint)

export const tellOtherTabs = (): void => channel?.postMessage('signed-out')
export const onSignedOutElsewhere = (listener: () => void): void => {
  channel?.addEventListener('message', listener)
}
