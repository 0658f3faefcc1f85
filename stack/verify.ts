import { onRunningStack } from './on-running-stack.ts'

/** `npm run verify -- ...`: what always holds, checked on the stack that runs. */
await onRunningStack('verify/main.js')
