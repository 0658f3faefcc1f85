import { expect, it } from 'vitest'
import { readProcess } from './process-metrics.ts'

it('are read in MB, with timers told from other resources', () => {
  const text = `# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 104857600
nodejs_heap_size_used_bytes 52428800
nodejs_active_resources{type="TCPSocketWrap"} 7
nodejs_active_resources{type="Timeout"} 12
nodejs_active_resources{type="Immediate"} 1
nodejs_active_handles{type="Socket"} 7
nodejs_active_handles_total 9
`
  expect(readProcess(text)).toEqual({ rssMb: 100, heapMb: 50, handles: 9, timers: 13 })
})
