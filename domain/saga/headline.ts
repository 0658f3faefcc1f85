import type { Saga } from './state.ts'
import { sagaView, type Waiting } from './view.ts'

/** Why the order is where it is, in one or two sentences that can be read aloud. Times are UTC. */
export function headline(saga: Saga): string {
  const { failure, status } = saga
  const trouble = saga.attention.map((key) => `${troubleOf(key)}.`)
  const told = [...trouble, `${situation(saga)}.`].join(' ')
  return failure && status !== 'rejected'
    ? `${told} The order fails because of ${failure.step}: ${failure.message}`
    : told
}

function situation(saga: Saga): string {
  const { status, failure, dispatchBy } = saga
  const waiting = sagaView(saga).waitingFor
  if (waiting.length > 0) return capital(waiting.map(waitingText).join('; '))
  switch (status) {
    case 'delivered':
      return 'Delivered: stock is committed and the money captured'
    case 'cancelled':
      return 'Cancelled: everything that was done for it is undone'
    case 'rejected':
      return failure ? `Rejected because of ${failure.step}: ${failure.message.replace(/\.$/, '')}` : 'Rejected'
    case 'confirmed':
      return `Confirmed: waiting for the carrier to take the parcel${dispatchBy ? ` until ${clock(dispatchBy)}` : ''}`
    case 'dispatched':
      return 'On its way: waiting for the carrier to deliver it'
    case 'cancelling':
    case 'failing':
      return 'Being undone, and nothing is asked right now: a person has to decide'
    case 'placed':
    case 'processing':
      return 'Nothing is asked right now'
  }
}

const verbs = {
  perform: 'to answer',
  compensate: 'to undo its part',
  commit: 'to commit',
  capture: 'to capture the money',
  restock: 'to restock',
  refund: 'to pay back',
} as const

function waitingText({ step, participant, action, attempt, since, until }: Waiting): string {
  const times = `${since ? ` since ${clock(since)}` : ''}${until ? `, until ${clock(until)}` : ''}`
  if (participant === 'customer') return `waiting for the customer to choose another payment method${times}`
  if (participant === 'staff') return `waiting for an admin to decide on ${step}${times}`
  return `waiting for ${step} ${verbs[action]}${times}${attempt > 1 ? ` (attempt ${attempt})` : ''}`
}

function troubleOf(key: string): string {
  const [subject = '', action] = key.split('/')
  if (key === 'order/any') return 'It was not dispatched in time'
  if (action === 'any') return `The carrier reports trouble: ${subject}`
  return `Needs a person: ${subject} could not ${action ?? 'go on'}`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `2030-01-01 10:00:00`, of the same day as anything else: people compare it with the timeline. */
const clock = (time: string): string => time.slice(0, 19).replace('T', ' ')
