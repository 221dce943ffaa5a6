import { z } from 'zod'
import type { PasswordRules } from '../../../domain/password-rules.ts'
import { DEFAULT_PASSWORD_RULES, PASSWORD_MIN_LENGTH } from '../../../domain/password-rules.ts'

const MAX_MINIMUM_LENGTH = 64
const MAX_BLOCKED_WORDS = 1_000
const MAX_HISTORY = 24
const MAX_AGE_DAYS = 3_650
const defaults = DEFAULT_PASSWORD_RULES

/** What passwords have to be like: NIST SP 800-63B-4 section 3.1.1. */
export const passwordGroup = z
  .strictObject({
    minimum_length: z
      .int()
      .min(PASSWORD_MIN_LENGTH)
      .max(MAX_MINIMUM_LENGTH)
      .default(defaults.minimumLength)
      .meta({ description: 'In characters. NIST SP 800-63B-4 asks for 15 where the password is the only factor, 8 beside a second one.' }),
    blocked_words: z
      .array(z.string().trim().min(4, 'a word has at least 4 characters').max(64))
      .max(MAX_BLOCKED_WORDS)
      .default([...defaults.blockedWords])
      .meta({ description: 'Names of products, places and teams: a password that is little else is refused, beside the most used ones and the name of the service.' }),
    breached_check: z
      .enum(['off', 'k_anonymity', 'file'])
      .default(defaults.breachedCheck)
      .meta({ description: 'Refuses stolen passwords: `k_anonymity` asks BREACHED_PASSWORDS_URL, which learns 5 of the 40 digits of a hash; `file` looks into BREACHED_PASSWORDS_FILE.' }),
    breached_on_failure: z
      .enum(['allow', 'refuse'])
      .default(defaults.breachedOnFailure)
      .meta({ description: 'When stolen passwords cannot be looked up: take the new password unseen, or ask to try again later. An event and a log line tell it either way.' }),
    history: z
      .int()
      .min(0)
      .max(MAX_HISTORY)
      .default(defaults.history)
      .meta({ description: 'From how many of the last passwords a new one must differ, the present one included; 0 none. Each costs one hash at a change.' }),
    maximum_age_days: z
      .int()
      .min(0)
      .max(MAX_AGE_DAYS)
      .default(defaults.maximumAgeDays)
      .meta({ description: 'A password older than this is replaced at the next sign-in by it; 0 never, as NIST SP 800-63B-4 advises.' }),
  })
  .prefault({})

export function passwordRulesOf(group: z.infer<typeof passwordGroup>): PasswordRules {
  return {
    minimumLength: group.minimum_length,
    blockedWords: group.blocked_words,
    breachedCheck: group.breached_check,
    breachedOnFailure: group.breached_on_failure,
    history: group.history,
    maximumAgeDays: group.maximum_age_days,
  }
}
