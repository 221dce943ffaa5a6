import { z } from 'zod'

const MAX_KEEP_DAYS = 3_650

/** Accounts without any identity. */
export const AnonymousSettings = z
  .strictObject({
    is_allowed: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether an application may sign people in without asking who they are (`POST /api/v1/anonymous/signup`). They keep their id when they sign up for good, which `signup` rules.' }),
    keep_days: z
      .int()
      .min(1)
      .max(MAX_KEEP_DAYS)
      .default(30)
      .meta({ description: 'An anonymous account is deleted when it had no living session for so many days: nobody can come back to it.' }),
  })
  .prefault({})
