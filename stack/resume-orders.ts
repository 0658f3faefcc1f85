import { onRunningStack } from './on-running-stack.ts'

/** `npm run orders:resume -- ...`: orders whose workflows are lost are taken up again, on the stack that runs. */
await onRunningStack('api/resume-orders-main.js')
