import { z } from 'zod'

const MAX_GRACE_DAYS = 180

/** Whether and how people leave by themselves. */
export const AccountDeletionSettings = z
  .strictObject({
    is_offered: z.boolean().default(true).meta({ description: 'Whether people may delete their own account.' }),
    grace_days: z
      .int()
      .min(0)
      .max(MAX_GRACE_DAYS)
      .default(0)
      .meta({ description: 'For how many days a deleted account is only deactivated, so that its owner can change their mind by signing in; 0 deletes at once.' }),
  })
  .prefault({})
