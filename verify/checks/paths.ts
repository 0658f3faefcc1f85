import type { Invariant } from '../invariant.ts'
import { pathFaults } from '../../domain/saga/path-faults.ts'
import { eachTimeline } from './each-timeline.ts'

export const paths: Invariant = {
  name: 'paths',
  asks: 'Is every order’s path one of the state machine?',
  ofOrders: true,
  check: eachTimeline(
    ({ events }) => pathFaults(events),
    (id) => `A bug: keep its history (temporal workflow show -w ${id}), and look who published the event that is named`,
  ),
}
