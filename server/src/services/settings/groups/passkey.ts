import { z } from 'zod'
import type { Policy } from '../../../flow/index.ts'
import { DEFAULT_POLICY } from '../../../flow/index.ts'

const MAX_PROMPT_AFTER_DAYS = 3_650
const { passkey, secondFactor } = DEFAULT_POLICY

/** Offering passkeys to who has none. */
export const PasskeySettings = z
  .strictObject({
    prompt: z
      .enum(['off', 'optional'])
      .default(passkey.prompt)
      .meta({ description: '`optional`: at the end of a sign-up or sign-in, who has no passkey is offered to create one, in browsers on devices that can, and may say "not now".' }),
    prompt_after_days: z
      .int()
      .min(0)
      .max(MAX_PROMPT_AFTER_DAYS)
      .default(passkey.promptAfterDays)
      .meta({ description: 'How long "not now" holds before the offer is made again; 0 never makes it.' }),
  })
  .prefault({})

/** `second_factor.passkey_counts`. */
export const passkeyCounts = z
  .boolean()
  .default(secondFactor.passkeyCounts)
  .meta({
    description:
      'With `optional`: whether having a passkey is having set up a second factor, so that a password alone no longer signs in. Off by default: a passkey is added for a quicker way in, often on one device, and comes without recovery codes, so that counting it would lock people out with that device. NIST SP 800-63B-4 and OWASP ASVS ask for more only where a second factor is required: `required` always counts it.',
  })

/** The part of it that the flow engine follows. */
export function passkeyPolicy(settings: z.infer<typeof PasskeySettings>, offersPasskeys: boolean): Policy['passkey'] {
  return { prompt: offersPasskeys ? settings.prompt : 'off', promptAfterDays: settings.prompt_after_days }
}
