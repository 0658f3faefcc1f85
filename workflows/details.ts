import type { SagaView } from '../domain/saga/view.ts'

/** The step table that the Temporal Web UI shows as the workflow's current details (markdown, a few hundred bytes). */
export function currentDetails(view: SagaView): string {
  const rows = view.steps.map(({ step, stage, state, reason, compensation, settlement }) => {
    const undo = compensation.state === 'none' ? '' : `${compensation.state} (${compensation.attempts})`
    const settled = settlement === null || settlement.state === 'none' ? '' : `${settlement.action} ${settlement.state}`
    return `| ${stage} | ${step} | ${state} | ${reason?.message ?? ''} | ${undo} | ${settled} |`
  })
  const waiting = view.waitingFor.map(({ step, action, until }) => `${step} (${action}, until ${until ?? '?'})`)
  return [
    `**${view.status}**${view.needsAttention ? ' **needs attention**' : ''}`,
    ...(waiting.length > 0 ? [`Waiting for ${waiting.join(', ')}`] : []),
    '',
    '| stage | step | state | reason | undo | settled |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}
