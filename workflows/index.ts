export { orderWorkflow } from './order.ts'
export { returnsWorkflow } from './returns.ts'
