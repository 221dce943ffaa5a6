import { z } from 'zod'
import type { Policy } from '../../../flow/index.ts'
import { DEFAULT_POLICY } from '../../../flow/index.ts'

const MAX_DAYS = 3_650
const MAX_PER_USER = 1_000
const { session } = DEFAULT_POLICY

/** How long sessions live, and how many a person has. */
export const SessionGroup = z
  .strictObject({
    idle_days: z
      .int()
      .min(1)
      .max(MAX_DAYS)
      .default(session.idleDays)
      .meta({ description: 'A session that nobody uses for so long ends. A shorter length holds for earlier sessions too, from their next refresh on.' }),
    absolute_days: z
      .int()
      .min(1)
      .max(MAX_DAYS)
      .default(session.absoluteDays)
      .meta({ description: 'A session ends after so long, however it is used. A shorter length holds for earlier sessions too, from their next refresh on; a longer one for new ones alone.' }),
    maximum_per_user: z.int().min(0).max(MAX_PER_USER).default(session.maximumPerUser).meta({ description: 'Live sessions of one person at a time; 0 is no limit.' }),
    when_full: z
      .enum(['end_oldest', 'ask', 'refuse'])
      .default(session.whenFull)
      .meta({ description: 'What a sign-in beyond `maximum_per_user` does: ends the oldest sessions, shows first which devices will be signed out, or is refused.' }),
  })
  .refine((group) => group.idle_days <= group.absolute_days, { message: 'must not be longer than `absolute_days`', path: ['idle_days'] })
  .prefault({})

export function sessionPolicyOf(group: z.infer<typeof SessionGroup>): Policy['session'] {
  return { idleDays: group.idle_days, absoluteDays: group.absolute_days, maximumPerUser: group.maximum_per_user, whenFull: group.when_full }
}
