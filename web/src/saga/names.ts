import type { Return, TimelineEntry } from '../http/contract.ts'
import { hasText, type Translate } from '../i18n/text.ts'
import { returnName } from '../returns/return-name.ts'

/** A step, event or actor that the page has no words for, as one added later, is called by its own name. */
const plain = (name: string): string => {
  const words = name.replaceAll(/[._-]/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}

export function stepName(t: Translate, step: string): string {
  const key = `step.${step}`
  return hasText(key) ? t(key) : plain(step)
}

export function actionName(t: Translate, step: string, action: string): string {
  const key = `action.${step}.${action}`
  const general = `action.${action}`
  return hasText(key) ? t(key) : hasText(general) ? t(general) : plain(action)
}

const aboutAStep = /timed_out|compensation_requested|needs_attention|attention_resolved|resolution_|deadline_changed/

export function eventName(t: Translate, { type, data }: Pick<TimelineEntry, 'type' | 'data'>): string {
  const key = `event.${type}`
  const name = hasText(key) ? t(key) : plain(type.replace(/^(order|return)\./, ''))
  const { step, action } = data
  const about = data['return']
  if (!isReturn(about)) {
    return aboutAStep.test(type) && typeof step === 'string' ? `${name}: ${stepName(t, step)}` : name
  }
  // a return's step is the return: which of its two sides is meant, its action says
  const side = aboutAStep.test(type) && typeof action === 'string' ? ` (${actionName(t, 'return', action)})` : ''
  return `${returnName(t, about)}: ${name}${side}`
}

/** Which return an event is about: an order may have several. */
const isReturn = (about: unknown): about is Pick<Return, 'number' | 'lines'> =>
  typeof about === 'object' &&
  about !== null &&
  'number' in about &&
  typeof about.number === 'number' &&
  'lines' in about &&
  Array.isArray(about.lines)

/** `participant:stock`, `customer:<id>`: what stands before the colon decides. */
export function actorName(t: Translate, actor: string): string {
  const [kind = '', id = ''] = actor.split(':')
  switch (kind) {
    case 'customer':
      return t('actor.customer')
    case 'admin':
      return t('actor.admin')
    case 'participant':
      return t('actor.participant', { name: stepName(t, id) })
    case 'system':
      return t('actor.system')
    default:
      return actor
  }
}
