import { writeSync } from 'node:fs'

/** Lines between two effects: whoever is killed there has done the one and not the other. */
export const failpoints = [
  'order.address_stored',
  'order.started',
  'publish.asked',
  'publish.sent',
  'take_in.written',
  'take_in.committed',
  'take_in.signalled',
  'call.leased',
  'call.made',
  'call.stored',
  'answer.signalled',
  'levels.published',
  'projection.events_written',
  'offset.handled',
] as const
export type Failpoint = (typeof failpoints)[number]

let armed: Failpoint | '' = ''

/** Once, when the process starts. */
export function armFailpoint(point: Failpoint | ''): void {
  armed = point
}

/** Where `FAIL_AT` names this line, the process gets no further, as by `kill -9`. Else it costs a comparison. */
export function failpoint(point: Failpoint): void {
  if (point !== armed) return
  writeSync(2, `failpoint ${point}\n`)
  process.kill(process.pid, 'SIGKILL')
}
