import type { Policy } from './policy.ts'
import type { FlowState, SignupIdentification } from './state.ts'

/** In order of preference: the address alone where policy says nothing else. */
export function signupIdentifications({ signup }: Pick<Policy, 'signup'>): readonly SignupIdentification[] {
  return signup.identifications ?? ['email']
}

/** What somebody signs up by; undefined until they were named. */
export function signupIdentificationOf({ identified }: Pick<FlowState, 'identified'>): SignupIdentification | undefined {
  return identified === null ? undefined : identified.identification === 'phone' ? 'phone' : 'email'
}

/**
 * Whether whoever signs up so chooses a password. By a number nobody does where numbers are signed in to by codes and
 * passwords sign nobody in.
 */
export function asksPassword(identification: SignupIdentification, { login: { authentications } }: Pick<Policy, 'login'>): boolean {
  return identification !== 'phone' || authentications.includes('primary_password') || !authentications.includes('primary_oob_otp_sms')
}
