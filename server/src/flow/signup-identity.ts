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
 * Whether whoever signs up so chooses a password. Nobody does where passwords sign nobody in and a code does: to the number,
 * or to an address that was proven.
 */
export function asksPassword(identification: SignupIdentification, { login: { authentications }, signup }: Pick<Policy, 'login' | 'signup'>): boolean {
  if (authentications.includes('primary_password')) return true
  return identification === 'phone' ? !authentications.includes('primary_oob_otp_sms') : !authentications.includes('primary_oob_otp_email') || signup.verification !== 'required'
}
