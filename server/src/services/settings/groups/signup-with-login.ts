import { z } from 'zod'

/** Whether signing up and signing in are one page: a field of the group `signup`. */
export const signupWithLogin = {
  with_login: z.boolean().default(false).meta({
    description:
      'The sign-in page makes accounts, too: whoever has none gets one with the code sent to their address, and chooses a password then. Nobody is told before whether there is an account. An address is always proven on this way, whatever `verification` says; `mode` and `allowed` hold.',
  }),
}

interface Declared {
  readonly signup: { readonly with_login: boolean; readonly identifications: readonly string[] }
  readonly login: { readonly identifications: readonly string[] }
}

export function namesAddressesWithSignup({ signup, login }: Declared): boolean {
  return !signup.with_login || !signup.identifications.includes('email') || login.identifications.includes('email')
}
