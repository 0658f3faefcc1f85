import { onRunningStack } from './on-running-stack.ts'

/** `npm run products:import -- file.csv`: a catalogue with its stock, into the stack that runs. */
await onRunningStack('api/import-products-main.js')
