import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test, vi } from 'vitest'
import { openTemporal } from './temporal-client.ts'

test('a call enters no AsyncLocalStorage, from which on every promise of the process would be dearer on Node 20', async () => {
  const entered = vi.spyOn(AsyncLocalStorage.prototype, 'run')
  const nowhere = { TEMPORAL_ADDRESS: '127.0.0.1:1', TEMPORAL_NAMESPACE: 'default', PAYLOAD_KEYS: [] }
  const temporal = openTemporal(nowhere)
  try {
    await expect(temporal.ping()).rejects.toThrow(/UNAVAILABLE|DEADLINE_EXCEEDED/)
    expect(entered).not.toHaveBeenCalled()
  } finally {
    entered.mockRestore()
    await temporal.close()
  }
})
