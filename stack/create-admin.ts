import { onRunningStack } from './on-running-stack.ts'

/** `npm run admin:create -- --email ... --name ...`: the first member of staff, on the stack that runs. */
await onRunningStack('api/create-admin-main.js')
