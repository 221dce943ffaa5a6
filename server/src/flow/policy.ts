import type { Authentication, Identification } from './state.ts'

/** The tenant's rules as the engine needs them. */
export interface Policy {
  readonly signup: {
    readonly isOpen: boolean
    /** `required`: the account is made only once the emailed code came back. */
    readonly verification: 'required' | 'off'
  }
  readonly login: {
    readonly identifications: readonly Identification[]
    /** In order of preference; the first is what the page asks for. */
    readonly authentications: readonly Authentication[]
  }
}

export const DEFAULT_POLICY: Policy = {
  signup: { isOpen: true, verification: 'required' },
  login: { identifications: ['email', 'username', 'passkey'], authentications: ['primary_password', 'primary_oob_otp_email', 'primary_passkey'] },
}
