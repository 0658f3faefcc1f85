import { onRunningStack } from './on-running-stack.ts'

/** `npm run migrate [-- --dry-run]`: databases and topics brought up to date, or the SQL that it would take. */
await onRunningStack('deploy/migrate-main.js')
