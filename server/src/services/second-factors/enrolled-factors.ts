import type { Transaction } from 'kysely'
import type { Policy, SecondaryAuthentication } from '../../flow/index.ts'
import { isMailboxCounted, isPasskeyCounted, isPhoneCounted, isSecondFactorRequired } from '../../flow/index.ts'
import { hasAnyPasskey } from '../../persistence/queries/authenticator-passkey.ts'
import { findPasswordHash } from '../../persistence/queries/authenticator-password.ts'
import { hasTotp } from '../../persistence/queries/authenticator-totp.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { countUnusedRecoveryCodes } from '../../persistence/queries/recovery-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FactorHolder, SecondFactors } from './second-factor-types.ts'
import type { TrustedDevices } from './trusted-devices.ts'

/** What an account could be asked for; every sign-in comes by here, so nothing is read that cannot matter. */
export function createFactorLookUp({ clock, trustedDevices }: { clock: Clock; trustedDevices: TrustedDevices }): SecondFactors['lookUp'] {
  return async function lookUp(tx, user, { requester, deviceSecret, policy }) {
    const { mode, trustedDeviceDays: days } = policy.secondFactor
    if (mode === 'off') return { enrolled: [], hasPasskey: false, hasPassword: false, phones: [], isTrustedDevice: false }
    const isRequired = isSecondFactorRequired(policy, clock.now())
    const hasApp = await hasTotp(tx, user.id)
    const hasMailbox = isMailboxCounted(policy, user.emailVerifiedAt)
    const phones = isPhoneCounted(policy) ? (await listPhones(tx, user.id)).map((one) => one.key) : []
    // Beside another factor a passkey is a choice; alone it matters only where it counts.
    const mayAskPasskey = hasApp || hasMailbox || phones.length > 0 || isRequired || isPasskeyCounted(policy, clock.now())
    const hasPasskey = mayAskPasskey && (await hasAnyPasskey(tx, user.id))
    const hasCodes = hasApp && (await countUnusedRecoveryCodes(tx, user.id)) > 0
    const found: Record<SecondaryAuthentication, boolean> = { secondary_totp: hasApp, secondary_oob_otp_email: hasMailbox, secondary_oob_otp_sms: phones.length > 0, secondary_passkey: hasPasskey, recovery_code: hasCodes }
    const enrolled = policy.secondFactor.authentications.filter((one) => found[one])
    const isTrustedDevice = enrolled.length > 0 && (await trustedDevices.isTrusted(tx, { userId: user.id, secret: deviceSecret, days, requester }))
    const hasPassword = isRequired && (hasMailbox || phones.length > 0) && (await findPasswordHash(tx, user.id)) !== undefined
    return { enrolled, hasPasskey, hasPassword, phones, isTrustedDevice }
  }
}

/** Whether the account has a second factor beside the one named that would be asked for where one is required. */
export async function hasFactorBeside(tx: Transaction<Schema>, user: FactorHolder, but: SecondaryAuthentication, policy: Policy): Promise<boolean> {
  const { authentications } = policy.secondFactor
  if (but !== 'secondary_totp' && authentications.includes('secondary_totp') && (await hasTotp(tx, user.id))) return true
  if (but !== 'secondary_passkey' && authentications.includes('secondary_passkey') && (await hasAnyPasskey(tx, user.id))) return true
  if (but !== 'secondary_oob_otp_sms' && isPhoneCounted(policy) && (await listPhones(tx, user.id)).length > 0) return true
  return but !== 'secondary_oob_otp_email' && isMailboxCounted(policy, user.emailVerifiedAt)
}
