import type { Config } from '../../platform/config.ts'
import type { PayloadKey } from '../../platform/payload-keys.ts'
import { type TargetRules, targetRulesOf } from '../../workers/webhook/targets.ts'

export type WebhookSettings = {
  /** Where they may go. */
  readonly targets: TargetRules
  /** With which secrets are stored. */
  readonly keys: readonly PayloadKey[]
  /** Endpoints per account. */
  readonly most: number
  readonly timeScale: number
}

export const webhookSettingsOf = (config: Config): WebhookSettings => ({
  targets: targetRulesOf(config),
  keys: config.PAYLOAD_KEYS,
  most: config.WEBHOOK_ENDPOINTS_PER_ACCOUNT,
  timeScale: config.WEBHOOK_TIME_SCALE,
})
