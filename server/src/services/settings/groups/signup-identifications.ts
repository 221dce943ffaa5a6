import { z } from 'zod'

/** What an account begins with: a field of the group `signup`. */
export const signupIdentifications = {
  identifications: z
    .array(z.enum(['email', 'phone']))
    .min(1, 'must name at least one')
    .refine((list) => new Set(list).size === list.length, 'names one twice')
    .default(['email'])
    .meta({
      description:
        'What an account may begin with. With `phone` it has no address until its owner adds one, and the number is proven by a code sent there, whatever `verification` says. Where `login.authentications` names `primary_oob_otp_sms` and no `primary_password`, nobody who signs up by a number chooses a password; nor does who signs up by an address, where it names `primary_oob_otp_email` instead and `verification` is `required`.',
    }),
}

interface Declared {
  readonly signup: { readonly mode: string; readonly identifications: readonly string[] }
  readonly login: { readonly identifications: readonly string[]; readonly authentications: readonly string[] }
  readonly recovery: { readonly destinations: readonly string[] }
}

/** Whoever begins with a number must be let in by it again, also when they forgot their password. */
export function checkPhoneSignup({ signup, login, recovery }: Declared, context: z.core.$RefinementCtx): void {
  if (!signup.identifications.includes('phone')) return
  const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (signup.mode === 'allow_list') problem(['signup', 'identifications'], 'cannot name phone with `mode: allow_list`, which lists addresses')
  if (!login.identifications.includes('phone')) problem(['login', 'identifications'], 'must name phone with `signup.identifications: [phone]`: nobody could sign in by the number they signed up by')
  const takesCodes = login.authentications.includes('primary_oob_otp_sms')
  if (!takesCodes && !login.authentications.includes('primary_password')) {
    problem(['login', 'authentications'], 'must name primary_password or primary_oob_otp_sms with `signup.identifications: [phone]`')
  }
  if (!takesCodes && !recovery.destinations.includes('phone')) {
    problem(['recovery', 'destinations'], 'must name phone with `signup.identifications: [phone]`, unless login.authentications names primary_oob_otp_sms: who forgot their password could not come back')
  }
}
