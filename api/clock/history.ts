import type { PayloadCodec } from '@temporalio/common'
import { returnsWorkflowId } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import { historyLine } from './history-line.ts'
import type { ClockItem, Missing } from './item.ts'
import { bagOf, plainOf, timeOf } from './plain.ts'

type Needs = Pick<Deps, 'temporal' | 'payloadCodec'>

/** Of one run, and runs of one order: a workflow that was lost goes on in another. */
const mostEvents = 2_000
const mostRuns = 10
const pageSize = 500

export type Told = { readonly items: readonly ClockItem[]; readonly missing: readonly Missing[] }

type Run = { readonly workflowId: string; readonly runId?: string }
type RunRead = { readonly runId: string; readonly items: readonly ClockItem[]; readonly isCut: boolean }

/** What Temporal still has of the order's workflow, and of that of its returns. */
export async function readHistory(deps: Needs, orderId: string, hasReturns: boolean): Promise<Told> {
  const ids = hasReturns ? [orderId, returnsWorkflowId(orderId)] : [orderId]
  const told = await Promise.all(ids.map((workflowId) => readWorkflow(deps, workflowId)))
  return { items: told.flatMap(({ items }) => items), missing: told.flatMap(({ missing }) => missing).slice(0, 1) }
}

async function readWorkflow(deps: Needs, workflowId: string): Promise<Told> {
  const last = await readRun(deps, { workflowId })
  if (last === undefined) return { items: [], missing: [{ source: 'temporal', why: 'gone' }] }
  const others = (await runsOf(deps, workflowId)).filter((runId) => runId !== last.runId)
  const earlier = await Promise.all(others.map((runId) => readRun(deps, { workflowId, runId })))
  const runs = [...earlier.filter((run) => run !== undefined), last]
  const isCut = runs.some((run) => run.isCut) || others.length === mostRuns
  return { items: runs.flatMap(({ items }) => items), missing: isCut ? [{ source: 'temporal', why: 'cut' }] : [] }
}

/** As the search knows them, a moment late: the last one is read without it. */
async function runsOf({ temporal }: Needs, workflowId: string): Promise<readonly string[]> {
  const runs: string[] = []
  for await (const { runId } of temporal.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    runs.push(runId)
    if (runs.length === mostRuns) break
  }
  return runs
}

/** @returns undefined where Temporal has no such run. */
async function readRun({ temporal, payloadCodec }: Needs, run: Run): Promise<RunRead | undefined> {
  const items: ClockItem[] = []
  let nextPageToken: Uint8Array | undefined
  let runId = run.runId ?? ''
  try {
    do {
      const page = await temporal.client.workflowService.getWorkflowExecutionHistory({
        namespace: temporal.namespace,
        execution: run,
        maximumPageSize: pageSize,
        ...(nextPageToken && { nextPageToken }),
      })
      for (const event of page.history?.events ?? []) {
        runId ||= event.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? ''
        items.push(await itemOf(event, { workflowId: run.workflowId, runId }, payloadCodec))
      }
      nextPageToken = page.nextPageToken ?? undefined
    } while (nextPageToken !== undefined && nextPageToken.length > 0 && items.length < mostEvents)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
  return { runId, items, isCut: (nextPageToken?.length ?? 0) > 0 }
}

type HistoryEvent = {
  readonly eventId?: unknown
  readonly eventTime?: { readonly seconds?: unknown; readonly nanos?: unknown } | null
}

const suffix = 'EventAttributes'

async function itemOf(
  event: HistoryEvent,
  ids: { readonly workflowId: string; readonly runId: string },
  codec: PayloadCodec | undefined,
): Promise<ClockItem> {
  const plain = bagOf(await plainOf(event, codec))
  const { eventType: _, ...raw } = plain
  const key = Object.keys(plain).find((name) => name.endsWith(suffix)) ?? ''
  const type = key.charAt(0).toUpperCase() + key.slice(1, -suffix.length)
  const { isSignal, ...line } = historyLine(type, bagOf(plain[key]))
  const { seconds, nanos } = event.eventTime ?? {}
  return {
    at: timeOf({ seconds, nanos }, 'eventTime'),
    source: isSignal ? 'signal' : 'temporal',
    ...line,
    ids: { workflowId: ids.workflowId, runId: ids.runId, eventId: `${String(event.eventId)}` },
    raw: { type, ...raw },
  }
}

/** gRPC's NOT_FOUND: never heard of, or kept no longer. */
const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'details' in error && Reflect.get(error, 'code') === 5
