import { z } from 'zod'
import type { PasswordRulesShown } from '../../domain/password-rules.ts'
import { PASSWORD_MAX_LENGTH } from '../../domain/password-rules.ts'

/** What somebody who chooses a password is told beforehand; the answer to it stays the authority. */
export const PasswordPolicy = z
  .object({
    minimum_length: z.int(),
    maximum_length: z.int(),
    breached_check: z.boolean().meta({ description: 'Whether stolen passwords are refused.' }),
    history: z.int().meta({ description: 'From how many of the last passwords it must differ, the present one included.' }),
  })

export function toPasswordPolicy({ minimumLength, isBreachChecked, history }: PasswordRulesShown): z.infer<typeof PasswordPolicy> {
  return { minimum_length: minimumLength, maximum_length: PASSWORD_MAX_LENGTH, breached_check: isBreachChecked, history }
}
