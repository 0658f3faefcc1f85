export { orderWorkflow } from './order.ts'
export { returnsWorkflow } from './returns.ts'
export { webhookDeliveryWorkflow } from './webhook-delivery.ts'
