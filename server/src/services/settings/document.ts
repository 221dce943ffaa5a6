import { z } from 'zod'
import type { Policy } from '../../flow/index.ts'
import { DEFAULT_POLICY } from '../../flow/index.ts'
import { AnonymousSettings } from './groups/anonymous.ts'
import { AccountDeletionSettings } from './groups/account-deletion.ts'
import { RecoverySettings } from './groups/recovery.ts'
import { attributesOf, ProfileSettings } from './groups/profile.ts'
import { messaging } from './groups/messaging.ts'
import { passwordGroup, passwordRulesOf } from './groups/password.ts'
import { LockoutGroup } from './groups/lockout.ts'
import { SessionGroup, sessionPolicyOf } from './groups/session.ts'
import { namesAddressesWithSignup, signupWithLogin } from './groups/signup-with-login.ts'
import { checkPhoneSignup, signupIdentifications } from './groups/signup-identifications.ts'
import { namesSomebody, provesListed, signupAdmission, signupPolicyOf } from './groups/signup-admission.ts'
import { passkeyCounts, passkeyPolicy, PasskeySettings } from './groups/passkey.ts'
import { emailCodeForm } from './groups/email-code-form.ts'
import { brandingGroup } from './groups/branding.ts'
import { ClientRegistrationSettings } from './groups/client-registration.ts'
import { definitionsOf, FlowsSettings } from './groups/flows.ts'

const MAX_TRUSTED_DEVICE_DAYS = 365

const uniqueList = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z
    .array(z.enum(values))
    .min(1, 'must name at least one')
    .refine((list) => new Set(list).size === list.length, 'names one twice')

const { signup, login, secondFactor } = DEFAULT_POLICY
const SECOND_FACTORS_THAT_COUNT =
  'Second proofs that count. `secondary_oob_otp_email` is set up for everybody with a verified address: who signs in by password is then asked for it, and who signs in by an emailed code is not, since the same mailbox is no second factor. `secondary_oob_otp_sms` is set up for everybody who added a telephone number, by the same rule. Passkeys are always taken; `passkey_counts` says whether they are asked for.'

/** What an operator declares, in its wire spelling; whatever is left out has its default. */
export const SettingsDocument = z.strictObject({
  signup: z
    .strictObject({
      ...signupAdmission,
      ...signupIdentifications,
      verification: z
        .enum(['required', 'optional', 'off'])
        .default(signup.verification)
        .meta({ description: '`required`: an account exists only once the code sent to its address came back. `optional`: the code is asked for and may be left for later, in the settings of the account; whoever puts it off is told when the address has an account. `off`: nothing is asked. A telephone number is proven always; with `mode: allow_list` nothing but `required` is taken.' }),
    })
    .extend(signupWithLogin)
    .refine(provesListed, { message: 'must be `required` with `mode: allow_list`: anybody can name a listed address that they do not prove', path: ['verification'] })
    .refine(namesSomebody, { message: 'must name at least one address or domain with `mode: allow_list`', path: ['allowed'] })
    .prefault({}),
  login: z
    .strictObject({
      identifications: uniqueList(['email', 'username', 'phone', 'passkey'])
        .default([...login.identifications])
        .meta({ description: 'What a person may sign in under.' }),
      authentications: uniqueList(['primary_password', 'primary_oob_otp_email', 'primary_oob_otp_sms', 'primary_passkey'])
        .default([...login.authentications])
        .meta({ description: 'First proofs, in order of preference: the first is what the page asks for.' }),
      email_code_form: emailCodeForm,
    })
    .prefault({}),
  second_factor: z
    .strictObject({
      mode: z
        .enum(['off', 'optional', 'required'])
        .default(secondFactor.mode)
        .meta({ description: '`optional`: asked of whoever set one up. `required`: whoever has none sets one up at the next sign-in.' }),
      authentications: uniqueList(['secondary_totp', 'secondary_oob_otp_email', 'secondary_oob_otp_sms', 'recovery_code'])
        .default(['secondary_totp', 'recovery_code'])
        .refine((list) => list.some((one) => one !== 'recovery_code'), 'recovery_code alone is no second factor')
        .meta({ description: SECOND_FACTORS_THAT_COUNT }),
      grace_until: z.iso
        .datetime({ offset: true, error: 'must be an instant such as 2027-01-31T00:00:00Z' })
        .nullable()
        .default(null)
        .meta({ description: 'With `required`: until then only those who have a factor are asked.' }),
      trusted_device_days: z
        .int()
        .min(0)
        .max(MAX_TRUSTED_DEVICE_DAYS)
        .default(secondFactor.trustedDeviceDays)
        .meta({ description: 'How long a browser may be spared the second factor at its owner\'s wish; 0 never.' }),
      passkey_counts: passkeyCounts,
    })
    .refine(({ mode, authentications }) => mode !== 'required' || authentications.includes('secondary_totp'), {
      path: ['authentications'],
      error: 'must name secondary_totp where a second factor is required: it is the one that everybody can set up',
    })
    .prefault({}),
  recovery: RecoverySettings,
  profile: ProfileSettings,
  account_deletion: AccountDeletionSettings,
  anonymous: AnonymousSettings,
  messaging,
  password: passwordGroup,
  session: SessionGroup,
  lockout: LockoutGroup,
  passkey: PasskeySettings,
  branding: brandingGroup,
  flows: FlowsSettings,
  client_registration: ClientRegistrationSettings,
})
  .refine(namesAddressesWithSignup, { message: 'must name email with `signup.with_login: true`: an account begins with an address', path: ['login', 'identifications'] })
  .superRefine(checkPhoneSignup)

export type SettingsDocument = z.infer<typeof SettingsDocument>

export const DEFAULT_SETTINGS: SettingsDocument = SettingsDocument.parse({})

/** The part of the settings that the flow engine follows. */
export function policyOf({ signup, login, second_factor: factor, session, password, passkey, flows, profile, recovery, messaging: { channels } }: SettingsDocument, offersPasskeys = true): Policy {
  return {
    signup: { ...signupPolicyOf(signup), identifications: signup.identifications, verification: signup.verification, isWithLogin: signup.with_login },
    session: sessionPolicyOf(session),
    login: {
      identifications: login.identifications.filter((one) => offersPasskeys || one !== 'passkey'),
      authentications: login.authentications.filter((one) => offersPasskeys || one !== 'primary_passkey'),
      emailCodeForm: login.email_code_form,
    },
    secondFactor: {
      mode: factor.mode,
      authentications: offersPasskeys ? [...factor.authentications, 'secondary_passkey'] : factor.authentications,
      graceUntil: factor.grace_until === null ? null : Date.parse(factor.grace_until),
      trustedDeviceDays: factor.trusted_device_days,
      passkeyCounts: factor.passkey_counts,
    },
    recovery,
    messaging: { channels },
    profile: { requiredAtSignup: attributesOf(profile).filter((one) => one.isRequiredAtSignup) },
    password: passwordRulesOf(password),
    passkey: passkeyPolicy(passkey, offersPasskeys),
    flows: definitionsOf(flows),
  }
}
