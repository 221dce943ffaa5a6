import { z } from 'zod'

const MAX_ATTEMPTS = 100
const MAX_WINDOW_MINUTES = 366 * 24 * 60
const MAX_LOCK_MINUTES = 7 * 24 * 60
const MAX_BACKOFF_FACTOR = 10
const DEFAULT_WINDOW_MINUTES = 30 * 24 * 60
const DEFAULT_MAXIMUM_MINUTES = 24 * 60

/**
 * What wrong passwords, sent codes and second factors in a row lead to (NIST SP 800-63B-4 section 3.2.2: no more than 100). By default
 * on, where nobody comes by accident: fifty within a month and never a right one between.
 */
export const LockoutGroup = z
  .strictObject({
    attempts: z
      .int()
      .min(0)
      .max(MAX_ATTEMPTS)
      .default(50)
      .meta({ description: 'Wrong passwords, wrong codes that are sent in the place of a password, or wrong second factors, each in a row, that lock their kind for an account for a while; 0 is never. A right one begins anew. Devices the account signed in from before count for themselves.' }),
    window_minutes: z
      .int()
      .min(1)
      .max(MAX_WINDOW_MINUTES)
      .default(DEFAULT_WINDOW_MINUTES)
      .meta({ description: 'Failures are forgotten when for so long, after the end of a lock, none followed.' }),
    minimum_minutes: z.int().min(1).max(MAX_LOCK_MINUTES).default(15).meta({ description: 'How long the first lock lasts.' }),
    maximum_minutes: z.int().min(1).max(MAX_LOCK_MINUTES).default(DEFAULT_MAXIMUM_MINUTES).meta({ description: 'No lock lasts longer.' }),
    backoff_factor: z
      .number()
      .min(1)
      .max(MAX_BACKOFF_FACTOR)
      .default(2)
      .meta({ description: 'How much longer each further failure locks: `minimum_minutes` × factor ^ (failures beyond `attempts`), at most `maximum_minutes`.' }),
    per: z
      .enum(['user', 'user_and_address'])
      .default('user')
      .meta({ description: '`user`: one count an account, whoever tries from wherever. `user_and_address`: each address counts for itself, which a botnet has many of.' }),
  })
  .refine((group) => group.minimum_minutes <= group.maximum_minutes, { message: 'must not be longer than `maximum_minutes`', path: ['minimum_minutes'] })
  .prefault({})

export type LockoutRules = z.infer<typeof LockoutGroup>
