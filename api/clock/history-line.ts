import { bagOf } from './plain.ts'
import type { ClockItem } from './item.ts'

type Bag = Readonly<Record<string, unknown>>
export type Line = Pick<ClockItem, 'what' | 'minor'> & { readonly isSignal?: true }

const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? (value as readonly unknown[])[0] : undefined)

/** `WorkflowExecutionSignaled` as `Workflow execution signaled`. */
const spaced = (type: string): string => {
  const words = type.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Names what was sent by what it carries: a step's answer by step, action and outcome, a movement by the movement. */
export function carried(value: unknown): string {
  const { undecodable, step, action, outcome, movement, reason, reasonCode, by } = bagOf(value)
  if (undecodable !== undefined) return `not decodable: ${word(undecodable)}`
  const { code } = bagOf(reason)
  const words = [step, action, movement, outcome].map(word).filter((one) => one !== '')
  const why = word(code ?? reasonCode)
  const who = word(bagOf(by)['kind'])
  return [words.join(' '), why && `(${why})`, who && `by ${who}`].filter((one) => one !== '').join(' ')
}

const named = (name: unknown, what: string): string => [word(name), what].filter((one) => one !== '').join(': ')

type Tell = (attributes: Bag) => Line

const tellers: Readonly<Record<string, Tell>> = {
  WorkflowExecutionStarted: ({ workflowType }) => ({ what: `Workflow started: ${word(bagOf(workflowType)['name'])}` }),
  WorkflowExecutionSignaled: ({ signalName, input }) => ({
    what: named(signalName, carried(firstOf(input))),
    isSignal: true,
  }),
  WorkflowExecutionUpdateAccepted: ({ acceptedRequest }) => {
    const { name, args } = bagOf(bagOf(acceptedRequest)['input'])
    return { what: `Update accepted: ${[word(name), carried(firstOf(args))].filter(Boolean).join(', ')}` }
  },
  WorkflowExecutionUpdateCompleted: () => ({ what: 'Update completed', minor: true }),
  TimerStarted: ({ timerId, startToFireTimeout }) => ({
    what: `Timer ${word(timerId)} started for ${word(startToFireTimeout)}`,
  }),
  TimerFired: ({ timerId }) => ({ what: `Timer ${word(timerId)} fired` }),
  TimerCanceled: ({ timerId }) => ({ what: `Timer ${word(timerId)} cancelled` }),
  ActivityTaskScheduled: ({ activityType }) => ({ what: `Activity scheduled: ${word(bagOf(activityType)['name'])}` }),
  ActivityTaskFailed: ({ failure }) => ({ what: `Activity failed: ${word(bagOf(failure)['message'])}` }),
  MarkerRecorded: ({ markerName, details }) => {
    const { activity_type: activity } = bagOf(firstOf(bagOf(details)['data']))
    if (activity !== undefined) return { what: `Local activity: ${word(activity)}` }
    return { what: `Marker: ${word(markerName)}`, minor: true }
  },
  WorkflowExecutionCompleted: () => ({ what: 'Workflow completed' }),
  WorkflowExecutionFailed: ({ failure }) => ({ what: `Workflow failed: ${word(bagOf(failure)['message'])}` }),
  WorkflowExecutionTerminated: ({ reason }) => ({ what: named('Workflow terminated', word(reason)) }),
  WorkflowTaskFailed: ({ failure }) => ({ what: `Workflow task failed: ${word(bagOf(failure)['message'])}` }),
  WorkflowTaskTimedOut: () => ({ what: 'Workflow task timed out' }),
}

const minor = /^(WorkflowTask|UpsertWorkflowSearchAttributes|WorkflowProperties|ActivityTaskStarted)/

/** An event of a workflow's history in a few words; one that is new to us by its type. */
export function historyLine(type: string, attributes: Bag): Line {
  const tell = tellers[type]
  if (tell !== undefined) return tell(attributes)
  return { what: spaced(type), ...(minor.test(type) && { minor: true }) }
}
