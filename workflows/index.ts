export { orderWorkflow } from './order.ts'
export { returnsWorkflow } from './returns.ts'
export { webhookDelivery, webhookDeliveryWorkflow } from './webhook-delivery.ts'
