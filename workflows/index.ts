export { orderWorkflow } from './order.ts'
