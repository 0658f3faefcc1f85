import { followStream as follow } from '../../../client/stream.ts'
import type { ServerEvent } from '../../../client/sse.ts'
import { authorized } from './client.ts'
import { isProblem, problemOf } from './problem.ts'

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'failing'

export type StreamOptions = {
  readonly path: string
  readonly onEvent: (event: ServerEvent) => void
  readonly onState: (state: StreamState) => void
  readonly signal: AbortSignal
}

/** This often in a row without a connection, and readers are told to look for themselves meanwhile. */
const patience = 4

/** Follows a stream as this page's user, and says how it stands with the connection. */
export async function followStream({ path, onEvent, onState, signal }: StreamOptions): Promise<void> {
  onState('connecting')
  try {
    const events = follow({
      open: (headers, connection) => open(path, headers, connection),
      signal,
      onOpen: () => onState('live'),
      onDrop: (failures) => onState(failures >= patience ? 'failing' : 'reconnecting'),
    })
    for await (const event of events) onEvent(event)
  } catch (error) {
    if (!isProblem(error)) throw error
    onState('failing')
  }
}

async function open(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
  const response = await authorized(path, { headers, signal: AbortSignal.any([signal, whenOffline(signal)]) })
  if (!response.ok) throw await problemOf(response)
  return response
}

/** A browser without a network tells: no need to wait for the silence. */
function whenOffline(signal: AbortSignal): AbortSignal {
  const offline = new AbortController()
  window.addEventListener('offline', () => offline.abort(), { once: true, signal })
  return offline.signal
}
