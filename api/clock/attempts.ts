import type { Kysely, Selectable } from 'kysely'
import { listAnswers, listTasks } from '../../workers/participant/attempts.ts'
import type { AnswerTable, ParticipantTables, RunnerTables, TaskTable } from '../../workers/participant/tables.ts'
import { type ClockItem, isoOf } from './item.ts'
import { bagOf } from './plain.ts'

type Answer = Selectable<AnswerTable>
type Task = Omit<Selectable<TaskTable>, 'order_id' | 'order_body' | 'traceparent'>
type Service = 'payment' | 'shipping'

/** What a service asked of the outside for an order, and what it told the saga of it. */
export async function readAttempts<Tables extends RunnerTables>(
  service: Service,
  database: Kysely<Tables>,
  orderId: string,
): Promise<readonly ClockItem[]> {
  const [answers, tasks] = await Promise.all([listAnswers(database, orderId), listTasks(database, orderId)])
  const byKey = new Map(tasks.map((task) => [keyOf(task), task]))
  return [
    ...answers.map((answer) => answerItem(service, answer, byKey.get(keyOf(answer)))),
    ...tasks.filter(({ state }) => state === 'open').map((task) => openItem(service, orderId, task)),
  ]
}

/** What stock told the saga: it calls nobody outside. */
export const readStockAnswers = async <Tables extends ParticipantTables>(database: Kysely<Tables>, orderId: string) =>
  (await listAnswers(database, orderId)).map((answer) => ({
    ...answerItem('stock', answer, undefined),
    source: 'stock' as const,
  }))

type Named = { readonly step: string; readonly action: string; readonly round: number }
const keyOf = ({ step, action, round }: Named): string => `${step}:${action}:${round}`

function answerItem(service: string, answer: Answer, task: Task | undefined): ClockItem {
  const { outcome, reason, payment, shipment } = bagOf(answer.body)
  const { code } = bagOf(reason)
  const what = [
    `${service}: ${answer.step} ${answer.action}`,
    typeof outcome === 'string' && outcome,
    typeof code === 'string' && `(${code})`,
    task !== undefined && task.fence > 1 && `after ${task.fence} tries`,
  ]
  return {
    at: isoOf(answer.answered_at),
    source: 'attempt',
    what: what.filter((one) => one !== false).join(' '),
    ids: { call: `${answer.order_id}:${keyOf(answer)}`, ...referencesOf(payment), ...referencesOf(shipment) },
    raw: { answer: { ...answer, ...times(answer) }, ...(task && { task: taskDocument(task) }) },
  }
}

function openItem(service: Service, orderId: string, task: Task): ClockItem {
  const tried = task.fence === 0 ? 'not begun' : `tried ${task.fence} ${task.fence === 1 ? 'time' : 'times'}`
  const error = task.last_error === null ? '' : `, last: ${task.last_error}`
  return {
    at: isoOf(task.due_at),
    source: 'attempt',
    what: `${service}: ${task.step} ${task.action} open, ${tried}${error}`,
    ids: { call: `${orderId}:${keyOf(task)}` },
    raw: { task: taskDocument(task) },
  }
}

const times = ({ answered_at, signalled_at }: Answer) => ({
  answered_at: isoOf(answered_at),
  signalled_at: signalled_at && isoOf(signalled_at),
})

const taskDocument = ({ due_at, lease_until, ...task }: Task) => ({
  ...task,
  due_at: isoOf(due_at),
  lease_until: lease_until && isoOf(lease_until),
})

/** What the other side calls it. */
function referencesOf(details: unknown): Readonly<Record<string, string>> {
  const { reference, trackingNumber } = bagOf(details)
  return {
    ...(typeof reference === 'string' && { reference }),
    ...(typeof trackingNumber === 'string' && { trackingNumber }),
  }
}
