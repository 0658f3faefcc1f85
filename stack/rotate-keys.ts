import { onRunningStack } from './on-running-stack.ts'

/** `npm run keys:rotate [-- --now] [-- --revoke KID]`: the keys that sign access tokens, on the stack that runs. */
await onRunningStack('api/rotate-keys-main.js')
