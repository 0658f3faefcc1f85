import { ZodError } from 'zod'
import { isSigned } from '../platform/signature.ts'
import { type CarrierName, carrierNames } from '../workers/shipping/carrier.ts'
import { isSignedByEasyPost } from '../workers/shipping/carriers/easypost-signature.ts'
import { readEasyPostEvent } from '../workers/shipping/webhooks/easypost-event.ts'
import type { WebhookEvent } from '../workers/shipping/webhooks/receive.ts'
import { readSimulatorEvent } from '../workers/shipping/webhooks/simulator-event.ts'
import { invalid } from './problem.ts'
import { violationsOf } from './violations.ts'

type CarrierWebhooks = {
  /** In which header a carrier puts its signature. */
  readonly header: string
  readonly isSigned: (secret: string, body: string, signature: string | undefined) => boolean
  /** @returns undefined for what is nothing to us. @throws ZodError */
  readonly read: (body: unknown) => WebhookEvent | undefined
}

export const carrierWebhooks: Readonly<Record<CarrierName, CarrierWebhooks>> = {
  simulator: { header: 'Webhook-Signature', isSigned, read: readSimulatorEvent },
  easypost: { header: 'X-Hmac-Signature', isSigned: isSignedByEasyPost, read: readEasyPostEvent },
}

export const isCarrier = (name: string): name is CarrierName => (carrierNames as readonly string[]).includes(name)

/** Only for a body whose signature is good. @throws a problem with every violation. */
export function readEvent(carrier: CarrierName, text: string): WebhookEvent | undefined {
  try {
    return carrierWebhooks[carrier].read(JSON.parse(text))
  } catch (error) {
    if (error instanceof ZodError) throw invalid(violationsOf(error.issues))
    if (error instanceof SyntaxError) throw invalid([{ pointer: '', code: 'invalid', message: 'Is not JSON' }])
    throw error
  }
}
