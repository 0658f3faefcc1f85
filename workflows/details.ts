import type { SagaView, StepView } from '../domain/saga/view.ts'

/** The step table that the Temporal Web UI shows as the workflow's current details (markdown, a few hundred bytes). */
export function currentDetails(view: SagaView): string {
  const waiting = view.waitingFor.map(
    ({ step, action, attempt, until }) => `${step} (${action}, attempt ${attempt}, until ${clock(until) || '?'})`,
  )
  return [
    `**${view.status}**${view.needsAttention ? ' **needs attention**' : ''}`,
    ...(waiting.length > 0 ? [`Waiting for ${waiting.join(', ')}`] : []),
    '',
    '| stage | step | state | asked | answered | undo | settled | reason |',
    '|---|---|---|---|---|---|---|---|',
    ...view.steps.map(row),
  ].join('\n')
}

function row({ stage, step, state, requestedAt, answeredAt, reason, compensation, settlement }: StepView): string {
  const undo = progress('', compensation)
  const settled = settlement === null ? '' : progress(`${settlement.action} `, settlement)
  const times = `${clock(requestedAt)} | ${clock(answeredAt)}`
  return `| ${stage} | ${step} | ${state} | ${times} | ${undo} | ${settled} | ${reason?.message ?? ''} |`
}

/** `capture done, 2 attempts, 10:00:05` */
function progress(what: string, { state, attempts, answeredAt }: StepView['compensation']): string {
  if (state === 'none') return ''
  const tries = attempts > 1 ? `, ${attempts} attempts` : ''
  return `${what}${state}${tries}${answeredAt === null ? '' : `, ${clock(answeredAt)}`}`
}

/** UTC, to the second: `10:00:05`. */
const clock = (time: string | null): string => time?.slice(11, 19) ?? ''
