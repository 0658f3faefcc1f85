import { onRunningStack } from './on-running-stack.ts'

/** `npm run projection:rebuild -- ...`: the read model folded anew from the topic, on the stack that runs. */
await onRunningStack('workers/projection/rebuild/main.js')
