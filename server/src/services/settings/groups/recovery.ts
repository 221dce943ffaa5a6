import { z } from 'zod'

/** How somebody who forgot their password comes back. */
export const RecoverySettings = z
  .strictObject({
    destinations: z
      .array(z.enum(['email', 'phone']))
      .min(1, 'must name at least one')
      .refine((list) => new Set(list).size === list.length, 'names one twice')
      .default(['email'])
      .meta({
        description:
          'Where the code goes that stands in for a forgotten password. With both, everybody is asked, whatever their account has: a choice that only some have would tell who has an account. A telephone alone then takes the account over; numbers are stolen more easily than mailboxes.',
      }),
  })
  .prefault({})
