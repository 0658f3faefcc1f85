import v8 from 'node:v8'
import { Script } from 'node:vm'

/**
 * Half of the worker's CPU went into two services of the SDK's sandbox that orders don't use
 * (docs/decisions/0011-a-lean-sandbox.md): a stack trace for each promise made in workflow code, wanted by the query
 * `__stack_trace` alone, and a watchdog thread for each call into the sandbox, which with `debugMode` would bark after
 * 49 days. To be called before the worker is created, which has to run with `debugMode`: workflows then share this
 * thread, and with it these two settings.
 */
export function makeSandboxLean(): void {
  v8.promiseHooks.createHook = () => () => undefined
  const { prototype } = Script
  const runInContext: unknown = Object.getOwnPropertyDescriptor(prototype, 'runInContext')?.value
  if (typeof runInContext !== 'function') throw new Error('Script.runInContext is not what it was: see sandbox.ts')
  prototype.runInContext = function (context, options) {
    const { timeout: _watchdog, ...others } = options ?? {}
    return runInContext.call(this, context, others) as unknown
  }
}
