import { condition, defineSignal, setHandler } from '@temporalio/workflow'

export const knock = defineSignal('knock')

/** The least a workflow that hears three answers can do: what our order is measured against. */
export async function threeSignals(): Promise<void> {
  let heard = 0
  setHandler(knock, () => {
    heard += 1
  })
  await condition(() => heard === 3)
}
