import { approval } from './approval.ts'
import { payment } from './payment.ts'
import { shipping } from './shipping.ts'
import { stock } from './stock.ts'

/** The order saga, top to bottom: stages one after the other, the steps of a stage side by side. */
export const orderSaga = [[approval], [stock, payment], [shipping]] as const
